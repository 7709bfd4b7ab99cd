package load

import (
	"fmt"
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
		Grouped(r.Users), Grouped(r.Present), short(r.Requests.PerSecond), millis(r.Requests.Latency.P99), goalOf(r.Goal.P99),
		millis(r.EventDelay.P99), goalOf(r.Goal.DelayP99), noErrors(r.Requests.Errors))
}

func (r *Report) refusal() string {
	if len(r.Why) == 0 {
		return fmt.Sprintf("%s users were not held.", Grouped(r.Users))
	}
	return fmt.Sprintf("%s users were not held: %s", Grouped(r.Users), lower(r.Why[0]))
}

// reasons are those that nothing else says.
func (r *Report) reasons() []string {
	if len(r.Steps) > 0 || len(r.Why) == 0 {
		return nil
	}
	return r.Why[1:]
}

func (r *Report) limitHeadline() string {
	held, not := r.limit()
	switch {
	case held == 0:
		return fmt.Sprintf("Not even %s users were held.", Grouped(not))
	case not == 0:
		return fmt.Sprintf("%s users were held, the most that were tried; the limit was not found.", Grouped(held))
	}
	return fmt.Sprintf("%s users were held, %s were not.", Grouped(held), Grouped(not))
}

// gaveOut says what gave out first, if that is known.
func (r *Report) gaveOut() string {
	if len(r.Steps) == 0 || r.FirstToGive == "" {
		return ""
	}
	return "What gave out first: " + lower(r.FirstToGive)
}

// lower makes a sentence the end of another.
func lower(sentence string) string {
	first, n := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToLower(first)) + sentence[n:]
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
