package load

import (
	"context"
	"fmt"
	"strings"
)

// How the limit is looked for: the number of users is doubled until it is not held, then halved into, until the step is
// small or there were many.
const (
	maxSteps   = 16
	finestStep = 1.1
)

// FindLimit rehearses more and more users, and gives the report of the largest number that was held, or of the smallest if
// none was, with all steps and what gave out first.
func FindLimit(ctx context.Context, o Options) (*Report, error) {
	return findLimit(ctx, o, Rehearse)
}

func findLimit(ctx context.Context, o Options, rehearse func(context.Context, Options) (*Report, error)) (*Report, error) {
	var best, worst *Report // the largest that was held, the smallest that was not
	var steps []Step
	for users := o.Users; len(steps) < maxSteps; {
		o.Users = users
		r, err := rehearse(ctx, o)
		if err != nil {
			return nil, err
		}
		s := Step{
			Users: users, Held: r.Held, P99: r.Requests.Latency.P99, DelayP99: r.EventDelay.P99, Errors: r.Requests.Errors,
			Server: r.Server, Busy: r.Machine.Busy, Why: r.Why,
		}
		steps = append(steps, s)
		o.Progress.Say(s.String())
		if r.Held {
			best = r
		} else {
			worst = r
		}
		switch {
		case worst == nil:
			users = min(2*users, maxUsers)
		case best == nil:
			users = users / 2
		default:
			users = (best.Users + worst.Users) / 2
		}
		users -= users % TeamSize
		enough := best != nil && worst != nil && float64(worst.Users) < finestStep*float64(best.Users)
		if enough || users < minUsers || best != nil && users == best.Users || worst != nil && users == worst.Users {
			break
		}
	}
	out := best
	if out == nil {
		out = worst
	}
	out.Steps = steps
	if worst != nil {
		out.FirstToGive = firstToGive(worst)
	}
	return out, nil
}

// String says how a step went.
func (s Step) String() string {
	word := "held"
	if !s.Held {
		word = "not held"
	}
	return fmt.Sprintf("%s users: %s (p99 %.0f ms, event delay p99 %.0f ms, %d errors)", Grouped(int64(s.Users)), word, s.P99, s.DelayP99, s.Errors)
}

// What counts as used up.
const (
	nearlyAll = 0.98 // of the descriptors
	allCores  = 0.9  // of the machine's time
)

// firstToGive says what a rehearsal lacked that was not held.
func firstToGive(r *Report) string {
	why, users := strings.Join(r.Why, " "), Grouped(int64(r.Users))
	switch s := r.Server; {
	case s != nil && s.MaxDescriptors > 0 && s.Descriptors >= nearlyAll*s.MaxDescriptors:
		return fmt.Sprintf("With %s users the server ran out of descriptors: it may have %s, one for each stream and connection.", users, Grouped(int64(s.MaxDescriptors)))
	case s != nil && r.Machine.Busy >= allCores:
		return fmt.Sprintf("With %s users the machine's processors were %.0f %% busy: the server took %.2f of %d cores, making the load %.2f.",
			users, 100*r.Machine.Busy, s.Processor, r.Machine.Cores, r.Machine.Processor)
	default:
		return fmt.Sprintf("With %s users: %s", users, why)
	}
}
