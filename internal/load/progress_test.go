package load

import (
	"strings"
	"testing"
	"time"
)

// tell has a fixed sequence told, by a clock of its own.
func tell(p *Progress) {
	now := time.Date(2026, 3, 14, 9, 26, 0, 0, time.UTC)
	p.now = func() time.Time { return now }
	p.Say("making 5,000\nworkspaces\x1b[2J")
	p.Count("workspaces", 0, 5000)
	now = now.Add(50 * time.Millisecond)
	p.Count("workspaces", 10, 5000) // too soon
	now = now.Add(15 * time.Second)
	p.Count("workspaces", 1000, 5000)
	p.Count("workspaces", 5000, 5000)
	p.Count("workspaces", 5000, 5000) // was told
	for i := range 22 {
		s := Second{At: float64(i + 1), Requests: 248, P50: 2.1, P99: 18.4, P999: 61, Streams: 5000, Events: 650, DelayP99: 42, Processor: 1.42, Memory: 640 << 20}
		if i == 21 {
			s = Second{At: 22, Errors: 3, Processor: -1, Memory: -1}
		}
		if i == 0 || i > 18 {
			p.Second(s, "measured", time.Duration(90-i)*time.Second)
		}
	}
	p.Done()
	p.Done()
}

func TestProgressOnATerminal(t *testing.T) {
	var b strings.Builder
	tell(NewProgress(&b, true, 80))
	const (
		end  = "\x1b[K"
		line = "    248/s  p99 18.4 ms  no errors  events   42 ms" + end
	)
	want := "making 5,000 workspaces?[2J\n" +
		"\rworkspaces " + strings.Repeat("░", 30) + " 0 of 5,000" + end +
		"\rworkspaces ██████" + strings.Repeat("░", 24) + " 1,000 of 5,000, 3,987 a minute" + end +
		"\r" + end + "workspaces " + strings.Repeat("█", 30) + " 5,000 of 5,000, 19,934 a minute\n" +
		"\rmeasured, 1:30 left" + line +
		"\rmeasured, 1:11 left" + line +
		"\rmeasured, 1:10 left" + line +
		"\rmeasured, 1:09 left      0/s  p99       –  3 errors  0 streams  events       –" + end +
		"\r" + end
	if b.String() != want {
		t.Errorf("got\n%q, want\n%q", b.String(), want)
	}
}

func TestProgressElsewhere(t *testing.T) {
	var b strings.Builder
	tell(NewProgress(&b, false, 10))
	const line = "    248/s  p50  2.1 ms  p99 18.4 ms  p99.9   61 ms  no errors  5,000 streams  events   42 ms  1.42 cores   640 MiB\n"
	want := "making 5,000 workspaces?[2J\n" +
		"workspaces: 0 of 5,000\n" +
		"workspaces: 1,000 of 5,000, 3,987 a minute\n" +
		"workspaces: 5,000 of 5,000, 19,934 a minute\n" +
		"0:01 measured, 1:30 left" + line +
		"0:20 measured, 1:11 left" + line
	if b.String() != want {
		t.Errorf("got\n%s, want\n%s", b.String(), want)
	}
}

func TestProgressIsNarrowerThanTheTerminal(t *testing.T) {
	for _, width := range []int{5, 20, 41, 80, 200} {
		var b strings.Builder
		tell(NewProgress(&b, true, width))
		for part := range strings.FieldsFuncSeq(strings.ReplaceAll(b.String(), "\x1b[K", ""), func(r rune) bool { return r == '\r' || r == '\n' }) {
			if columns(part) >= width {
				t.Errorf("%q has no room in %d", part, width)
			}
		}
	}
}

func TestCountBeginsAnew(t *testing.T) {
	var b strings.Builder
	p := NewProgress(&b, false, 0)
	p.Count("workspaces", 2, 2)
	p.Count("people", 0, 3)
	p.Count("people", 3, 3)
	p.Count("workspaces", 4, 4)
	p.Count("nothing", 0, 0)
	if want := "workspaces: 2 of 2\npeople: 0 of 3\npeople: 3 of 3\nworkspaces: 4 of 4\nnothing: 0 of 0\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}
