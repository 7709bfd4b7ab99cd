package load

import (
	"slices"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Latencies are kept in microseconds with three digits, up to longest.
const longest = time.Hour

// histogram can be sent to another process.
type histogram struct{ *hdrhistogram.Histogram }

func newHistogram() histogram {
	return histogram{hdrhistogram.New(1, longest.Microseconds(), 3)}
}

func (h histogram) add(d time.Duration) {
	_ = h.RecordValue(min(max(d, 0), longest).Microseconds()) // it is within the range
}

func (h histogram) merge(o histogram) {
	if o.Histogram != nil {
		h.Merge(o.Histogram)
	}
}

// MarshalText writes the compressed form of HdrHistogram's version 2.
func (h histogram) MarshalText() ([]byte, error) {
	return h.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
}

// UnmarshalText reads what MarshalText wrote.
func (h *histogram) UnmarshalText(b []byte) (err error) {
	h.Histogram, err = hdrhistogram.Decode(b)
	return err
}

func (h histogram) quantiles() Quantiles {
	at := func(q float64) float64 { return float64(h.ValueAtQuantile(q)) / 1e3 }
	return Quantiles{P50: at(50), P90: at(90), P99: at(99), P999: at(99.9), Max: float64(h.Max()) / 1e3}
}

// phase is how far a rehearsal is.
type phase string

const (
	coming   phase = "people come"
	waiting  phase = "all have come"
	measured phase = "measured"
	checking phase = "what was acknowledged is read back"
)

// tick is what happened in one process since the one before.
type tick struct {
	At      time.Time         `json:"at"`
	Phase   phase             `json:"phase"`
	Latency [kinds]*histogram `json:"latency"` // nil where nothing was asked for
	Delay   *histogram        `json:"delay"`   // nil if no event was heard
	Errors  [kinds]int64      `json:"errors"`
	Events  int64             `json:"events"`
	Come    int               `json:"come"` // people in all
	Open    int               `json:"open"` // streams
	Opened  int64             `json:"opened"`
	Broken  int64             `json:"broken"`
	Said    []string          `json:"said,omitempty"` // of errors
	Usage   usage             `json:"usage"`
	End     *outcome          `json:"end,omitempty"` // of the last one
}

// tally collects what happens until it is taken.
type tally struct {
	mu   sync.Mutex
	now  tick
	said map[string]bool
}

// maxSaid bounds how many different errors are told in words.
const maxSaid = 20

func newTally() *tally { return &tally{said: map[string]bool{}} }

// asked takes note of a request that was answered as it should be, or of why not.
func (t *tally) asked(k kind, took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := &t.now.Latency[k]
	if *h == nil {
		*h = new(newHistogram())
	}
	(*h).add(took)
	if err != nil {
		t.now.Errors[k]++
		t.say(k.String() + ": " + err.Error())
	}
}

// say keeps an error's words. The caller holds the lock.
func (t *tally) say(text string) {
	if len(t.said) < maxSaid && !t.said[text] {
		t.said[text] = true
		t.now.Said = append(t.now.Said, text)
	}
}

func (t *tally) heard(delay time.Duration, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Events++
	if !known {
		return
	}
	if t.now.Delay == nil {
		t.now.Delay = new(newHistogram())
	}
	t.now.Delay.add(delay)
}

func (t *tally) came() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Come++
}

func (t *tally) opened() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Open++
	t.now.Opened++
}

// closed takes note that a stream has ended, broken if nobody wanted it.
func (t *tally) closed(broken error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Open--
	if broken != nil {
		t.now.Broken++
		t.say("a stream broke: " + broken.Error())
	}
}

// closedUnopened takes note of a stream that could not be opened.
func (t *tally) closedUnopened(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Broken++
	t.say("a stream could not be opened: " + err.Error())
}

// take gives what happened since it was last called.
func (t *tally) take(p phase, at time.Time) tick {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.now
	out.Phase, out.At, out.Said = p, at, slices.Clone(out.Said)
	t.now = tick{Come: out.Come, Open: out.Open}
	return out
}
