package load

import (
	"math"
	"slices"
	"testing"
)

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Report)
		why    []string
	}{
		"held":           {func(*Report) {}, nil},
		"just enough":    {func(r *Report) { r.Requests.Count = 71_655 }, nil},
		"at the goal":    {func(r *Report) { r.Requests.Latency.P99, r.EventDelay.P99 = 100, 250 }, nil},
		"no goal":        {func(r *Report) { r.Goal, r.Requests.Latency.P99, r.EventDelay.P99 = Goal{}, 1e6, 1e6 }, nil},
		"nothing":        {func(r *Report) { *r = Report{} }, []string{"Nothing was measured: nobody was present, or for no time."}},
		"nobody":         {func(r *Report) { r.Present = 0 }, []string{"Nothing was measured: nobody was present, or for no time."}},
		"no time":        {func(r *Report) { r.Seconds = math.NaN() }, []string{"Nothing was measured: nobody was present, or for no time."}},
		"too few":        {func(r *Report) { r.Requests.Count = 71_654 }, []string{"Too few requests were sent: 71,654 of the 75,000 that were meant (95.53 %), and 97 % is the least."}},
		"errors":         {func(r *Report) { r.Requests.Errors = 12 }, []string{"12 of 74,812 requests failed (0.01 %), and none may."}},
		"one error":      {func(r *Report) { r.Requests.Errors = 1 }, []string{"1 of 74,812 requests failed (less than 0.01 %), and none may."}},
		"a stream less":  {func(r *Report) { r.Streams.Open = 4999 }, []string{"4,999 streams were open at the end for 5,000 people who were present, and each must have one."}},
		"a stream more":  {func(r *Report) { r.Streams.Open = 5001 }, []string{"5,001 streams were open at the end for 5,000 people who were present, and each must have one."}},
		"broken":         {func(r *Report) { r.Streams.Broken = 1 }, []string{"1 stream was broken, and none may be."}},
		"slow":           {func(r *Report) { r.Requests.Latency.P99 = 312 }, []string{"The p99 of requests was 312 ms, and the goal is 100 ms."}},
		"no number":      {func(r *Report) { r.Requests.Latency.P99 = math.NaN() }, []string{"The p99 of requests was –, and the goal is 100 ms."}},
		"late":           {func(r *Report) { r.EventDelay.P99 = 1250 }, []string{"The p99 of the delay of events was 1.25 s, and the goal is 250 ms."}},
		"deaf":           {func(r *Report) { r.Events = 0 }, []string{"No event was heard, although there were 14,903 writes."}},
		"lost":           {func(r *Report) { r.Checks.Lost = 2 }, []string{"2 of 14,903 acknowledged writes were lost, and none may be."}},
		"stale":          {func(r *Report) { r.Checks.Stale = 1 }, []string{"1 of 14,903 acknowledged writes was not seen right after, and each must be."}},
		"missed":         {func(r *Report) { r.Checks.Missed = 1 }, []string{"1 event was missed by a stream, and none may be."}},
		"repeated":       {func(r *Report) { r.Checks.Repeated = 3 }, []string{"3 events were heard twice or were in no history, and none may be."}},
		"disordered":     {func(r *Report) { r.Checks.Disordered = 4 }, []string{"4 events were heard out of order, and none may be."}},
		"in words alone": {func(r *Report) { r.Checks.Violations = []string{"something"} }, []string{"The server broke its word: something"}},
		"not read back":  {func(r *Report) { r.Checks.ReadBack = 0 }, []string{"None of 14,903 acknowledged writes was read back at the end."}},
		"not compared":   {func(r *Report) { r.Checks.Streams = 0 }, []string{"No stream's events were compared with the history."}},
		"unchecked":      {func(r *Report) { r.Checks.Unchecked = []string{"a", "b"} }, []string{"Not everything could be checked: a; b"}},
		"several": {
			func(r *Report) { r.Requests.Errors, r.Checks.Lost, r.Checks.Violations = 1, 1, []string{"gone"} },
			[]string{"1 of 74,812 requests failed (less than 0.01 %), and none may.", "1 of 14,903 acknowledged writes was lost, and none may be."},
		},
	} {
		r := exampleReport()
		c.change(r)
		for range 2 { // it may be called again
			r.Judge()
		}
		if !slices.Equal(r.Why, c.why) || r.Held != (len(c.why) == 0) {
			t.Errorf("%s: held %v, %q", name, r.Held, r.Why)
		}
	}
}
