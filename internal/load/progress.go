package load

import (
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"
)

// Progress tells how far a rehearsal is. On a terminal one line is written over again; elsewhere there is a line every ten
// seconds. Several may use it at a time.
type Progress struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	width    int
	now      func() time.Time

	live  bool // a line stands that the next one takes the place of
	shown time.Time
	count counted
	tens  int // of the last second that was told, for what is no terminal
}

// counted is what Count was last called with.
type counted struct {
	what      string
	first     int
	since     time.Time
	over      bool
	everShown bool
}

const (
	showEvery = 100 * time.Millisecond // on a terminal
	tellEvery = 10 * time.Second       // elsewhere
)

// NewProgress tells w. A line on a terminal is shorter than width, which is 80 if it is 0; others are as long as they are.
func NewProgress(w io.Writer, terminal bool, width int) *Progress {
	if width <= 0 {
		width = usualWidth
	}
	return &Progress{out: w, terminal: terminal, width: width, now: time.Now, tens: -1}
}

// Say tells what is done now, in a line that stays.
func (p *Progress) Say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(plain(line))
}

// Count tells how many of something there are, and how many come in a minute. The line stays when all are there.
func (p *Progress) Count(what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what = plain(what)
	now, c := p.now(), &p.count
	if c.what != what || done < c.first {
		*c = counted{what: what, first: done, since: now}
	}
	if c.over {
		return
	}
	c.over = done >= total
	every := tellEvery
	if p.terminal {
		every = showEvery
	}
	if !c.over && c.everShown && now.Sub(p.shown) < every {
		return
	}
	c.everShown, p.shown = true, now
	rate := ""
	if took := now.Sub(c.since); took >= time.Second && done > c.first {
		rate = fmt.Sprintf(", %s a minute", Grouped(int64(math.Round(float64(done-c.first)/took.Minutes()))))
	}
	of := fmt.Sprintf("%s of %s%s", Grouped(done), Grouped(total), rate)
	if !p.terminal {
		p.keep(what + ": " + of)
		return
	}
	line := what + " " + bar(done, total) + " " + of
	if columns(line) >= p.width {
		line = what + " " + of
	}
	if c.over {
		p.keep(line)
	} else {
		p.show(line)
	}
}

// bar is as long as that of an import.
func bar(done, total int) string {
	const width = 30
	full := 0
	if total > 0 {
		full = width * min(max(done, 0), total) / total
	}
	return strings.Repeat("█", full) + strings.Repeat("░", width-full)
}

// Second tells of a second that has passed, in which phase it was and how long that goes on; 0 is not known.
func (p *Progress) Second(s Second, phase string, left time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	phase = plain(phase)
	if p.terminal {
		p.show(secondLine(s, phase, left, p.width-1))
		return
	}
	if tens := int(s.At / tellEvery.Seconds()); tens != p.tens {
		p.tens = tens
		p.keep(clock(s.At) + " " + secondLine(s, phase, left, math.MaxInt))
	}
}

// Done takes away what is no more true. More may be told afterwards.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wipe()
	p.tens = -1
}

func (p *Progress) wipe() {
	if p.live {
		_, _ = io.WriteString(p.out, "\r\x1b[K")
		p.live = false
	}
}

// show writes a line that the next one takes the place of.
func (p *Progress) show(line string) {
	_, _ = io.WriteString(p.out, "\r"+cut(line, p.width-1)+"\x1b[K")
	p.live = true
}

// keep writes a line that stays.
func (p *Progress) keep(line string) {
	p.wipe()
	if p.terminal {
		line = cut(line, p.width-1)
	}
	_, _ = io.WriteString(p.out, line+"\n")
}

// secondLine says what there is room for. What matters least is left out first. Figures keep their places from one second
// to the next.
func secondLine(s Second, phase string, left time.Duration, room int) string {
	type part struct {
		text  string
		spare int // the higher, the sooner it is left out
	}
	end := ""
	if left > 0 {
		end = ", " + clock(left.Seconds()) + " left"
	}
	took := func(v float64, known bool) string {
		if !known {
			return fmt.Sprintf("%7s", unknown)
		}
		return fmt.Sprintf("%7s", millis(v))
	}
	asked := s.Requests > 0
	parts := []part{
		{phase + end, 0},
		{fmt.Sprintf("%5s/s", Grouped(s.Requests)), 1},
		{"p50 " + took(s.P50, asked), 6},
		{"p99 " + took(s.P99, asked), 2},
		{"p99.9 " + took(s.P999, asked), 7},
		{noErrors(s.Errors), 3},
		{many(int64(s.Streams), "stream"), 5},
		{"events " + took(s.DelayP99, s.Events > 0), 4},
	}
	if s.Processor >= 0 {
		parts = append(parts, part{fmt.Sprintf("%10s", inCores(s.Processor)), 8})
	}
	if s.Memory >= 0 {
		parts = append(parts, part{fmt.Sprintf("%8s", size(s.Memory)), 9})
	}
	for {
		line, least := "", 0
		for i, p := range parts {
			if i > 0 {
				line += "  "
			}
			line += p.text
			if p.spare > parts[least].spare {
				least = i
			}
		}
		if columns(line) <= room || parts[least].spare == 0 {
			return cut(line, room)
		}
		parts = append(parts[:least], parts[least+1:]...)
	}
}
