package load

import (
	"fmt"
	"math"
	"strings"
)

// enough is which part of the requests that were meant must have been sent: less is another load than the one that the
// report is about.
const enough = 0.97

// Judge says whether the users were held, and if not why. It may be called again. A goal of zero is none.
func (r *Report) Judge() {
	r.Why = nil
	r.judgeLoad()
	r.judgeSpeed()
	r.judgeChecks()
	r.Held = len(r.Why) == 0
}

func (r *Report) refuse(format string, args ...any) {
	r.Why = append(r.Why, fmt.Sprintf(format, args...))
}

// judgeLoad looks whether the load was what it was meant to be, and was borne.
func (r *Report) judgeLoad() {
	if r.Present <= 0 || !(r.Every > 0) || !(r.Seconds > 0) {
		r.refuse("Nothing was measured: nobody was present, or for no time.")
		return
	}
	meant := float64(r.Present) / r.Every * r.Seconds
	chance := 4 * math.Sqrt(meant) // people ask independently of each other: some seconds have fewer requests by chance
	if part := float64(r.Requests.Count) / meant; !(float64(r.Requests.Count) >= enough*meant-chance) {
		r.refuse("Too few requests were sent: %s of the %s that were meant (%s), and %s is the least.",
			Grouped(r.Requests.Count), Grouped(int64(meant)), percent(part), percent(enough))
	}
	if n := r.Requests.Errors; n > 0 {
		r.refuse("%s of %s failed (%s), and none may.", Grouped(n), many(r.Requests.Count, "request"), percent(float64(n)/float64(max(r.Requests.Count, n))))
	}
	if n := r.Streams.Open; n != r.Present {
		r.refuse("%s %s open at the end for %s who %s present, and each must have one.",
			many(int64(n), "stream"), was(int64(n)), people(r.Present), was(int64(r.Present)))
	}
	if n := r.Streams.Broken; n > 0 {
		r.refuse("%s %s broken, and none may be.", many(n, "stream"), was(n))
	}
}

func (r *Report) judgeSpeed() {
	if goal := r.Goal.P99; goal > 0 && !(r.Requests.Latency.P99 <= goal) {
		r.refuse("The p99 of requests was %s, and the goal is %s.", millis(r.Requests.Latency.P99), millis(goal))
	}
	if goal := r.Goal.DelayP99; goal > 0 && !(r.EventDelay.P99 <= goal) {
		r.refuse("The p99 of the delay of events was %s, and the goal is %s.", millis(r.EventDelay.P99), millis(goal))
	}
	if r.Requests.Writes > 0 && r.Events == 0 {
		r.refuse("No event was heard, although there were %s.", many(r.Requests.Writes, "write"))
	}
}

// judgeChecks looks whether the server kept its word, and whether that could be seen.
func (r *Report) judgeChecks() {
	c := &r.Checks
	broken := false
	refuse := func(n int64, format string, args ...any) {
		if n > 0 {
			broken = true
			r.refuse(format, args...)
		}
	}
	refuse(c.Lost, "%s of %s acknowledged writes %s lost, and none may be.", Grouped(c.Lost), Grouped(c.Acknowledged), was(c.Lost))
	refuse(c.Stale, "%s of %s acknowledged writes %s not seen right after, and each must be.", Grouped(c.Stale), Grouped(c.Reread), was(c.Stale))
	refuse(c.Missed, "%s %s missed by a stream, and none may be.", many(c.Missed, "event"), was(c.Missed))
	refuse(c.Repeated, "%s %s heard twice or %s in no history, and none may be.", many(c.Repeated, "event"), was(c.Repeated), was(c.Repeated))
	refuse(c.Disordered, "%s %s heard out of order, and none may be.", many(c.Disordered, "event"), was(c.Disordered))
	if !broken && len(c.Violations) > 0 {
		r.refuse("The server broke its word: %s", c.Violations[0])
	}
	if c.Acknowledged > 0 && c.ReadBack == 0 && c.Lost == 0 {
		r.refuse("None of %s acknowledged writes was read back at the end.", Grouped(c.Acknowledged))
	}
	if r.Events > 0 && c.Streams == 0 {
		r.refuse("No stream's events were compared with the history.")
	}
	if len(c.Unchecked) > 0 {
		r.refuse("Not everything could be checked: %s", strings.Join(c.Unchecked, "; "))
	}
}

func was(n int64) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
