package load

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headline says in one sentence or two what came out.
func (r *Report) headline() string {
	if len(r.Steps) > 0 {
		return r.limitHeadline()
	}
	if !r.Held {
		return r.refusal()
	}
	return fmt.Sprintf("%s users were held: %s present at once made %s requests/s; p99 was %s%s, events were heard after %s at p99%s; %s, nothing lost or stale.",
		grouped(r.Users), grouped(r.Present), short(r.Requests.PerSecond), millis(r.Requests.Latency.P99), goalOf(r.Goal.P99),
		millis(r.EventDelay.P99), goalOf(r.Goal.DelayP99), noErrors(r.Requests.Errors))
}

func (r *Report) refusal() string {
	if len(r.Why) == 0 {
		return fmt.Sprintf("%s users were not held.", grouped(r.Users))
	}
	why := r.Why[0]
	first, n := utf8.DecodeRuneInString(why)
	return fmt.Sprintf("%s users were not held: %s", grouped(r.Users), string(unicode.ToLower(first))+why[n:])
}

// reasons are those that headline does not say.
func (r *Report) reasons() []string {
	switch {
	case len(r.Steps) > 0:
		return r.Why
	case len(r.Why) > 0:
		return r.Why[1:]
	}
	return nil
}

func (r *Report) limitHeadline() string {
	held, not := r.limit()
	gave := ""
	if r.FirstToGive != "" && not > 0 {
		gave = " What gave out first: " + strings.TrimSuffix(r.FirstToGive, ".") + "."
	}
	switch {
	case held == 0:
		return fmt.Sprintf("Not even %s users were held.%s", grouped(not), gave)
	case not == 0:
		return fmt.Sprintf("%s users were held, the most that were tried; the limit was not found.", grouped(held))
	}
	return fmt.Sprintf("%s users were held, %s were not.%s", grouped(held), grouped(not), gave)
}

// limit gives the most users that were held and the fewest above them that were not, 0 where there are none.
func (r *Report) limit() (held, not int) {
	for _, s := range r.Steps {
		if s.Held {
			held = max(held, s.Users)
		}
	}
	for _, s := range r.Steps {
		if !s.Held && s.Users > held && (not == 0 || s.Users < not) {
			not = s.Users
		}
	}
	return held, not
}

func goalOf(goal float64) string {
	if goal <= 0 {
		return ""
	}
	return " (goal " + millis(goal) + ")"
}

func noErrors(n int64) string {
	if n == 0 {
		return "no errors"
	}
	return many(n, "error")
}
