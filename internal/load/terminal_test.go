package load

import (
	"strings"
	"testing"
)

// refused is an example that was not held, in which others had something bad to say.
func refused() *Report {
	r := exampleReport()
	r.Requests.Latency.P99, r.Requests.Errors, r.Checks.Lost, r.Server = 312, 12, 1, nil
	r.URL = `http://127.0.0.1/"><script src=//evil.example></script>`
	r.Checks.Violations = []string{"lost in workspace 17:\x1b[2J <script>alert(1)</script> " + strings.Repeat("日", 90)}
	r.Checks.Errors = []string{"create: 503 Service Unavailable"}
	r.Checks.Unchecked = []string{"the history could not be read"}
	r.Judge()
	return r
}

func TestWriteText(t *testing.T) {
	tried := exampleLimit()
	none := exampleLimit()
	none.Steps = none.Steps[3:4]
	all := exampleLimit()
	all.Steps = all.Steps[:3]
	for name, c := range map[string]struct {
		report *Report
		has    []string
		not    []string
	}{
		"held": {exampleReport(), []string{
			"100,000 users were held: 5,000 present at once made 249 requests/s; p99 was 21.7 ms (goal 100 ms),",
			"  users       100,000 in 5,000 workspaces\n",
			"  requests    249/s: 74,812 in 5:00, from everybody every 20 s\n",
			"  writes      49.7/s: 14,903\n",
			"  made by     4 processes\n",
			"                  count  errors   p50   p90   p99  p99.9   max\n",
			"  create (w)      3,740       0  3.30  7.80  27.9   90.0   183\n",
			"  events heard  196,204          6.20  14.0  41.5    130   460\n",
			"  writes      14,903 acknowledged, 14,903 read back at the end, 0 lost\n",
			"  events      196,204 on 5,000 streams compared with the history: 0 missed, 0 repeated, 0 out of\n              order\n",
			"  server      1.42 cores, memory 640 MiB, heap 351 MiB, 5,061 descriptors of 1,048,576\n",
			"  load        1.9 cores of 16, memory 870 MiB, busy to 24 % in all\n",
		}, []string{"Steps", "And\n", "Errors\n"}},
		"not held": {refused(), []string{
			"100,000 users were not held: 12 of 74,812 requests failed (0.01 %), and none may.\n",
			"\nAnd\n  - The p99 of requests was 312 ms, and the goal is 100 ms.\n",
			"\nBroken promises\n  - lost in workspace 17:?[2J <script>",
			"\nErrors\n  - create: 503 Service Unavailable\n",
			"\nNot checked\n  - the history could not be read\n",
			"  server      what it used is not known: its metrics could not be read\n",
		}, []string{"\x1b", "And\n  - 12 of"}},
		"limit": {tried, []string{
			"280,000 users were held, 300,000 were not.\nWhat gave out first: with 300000 users the machine's",
			"  280,000   yes    78.4        181       0   3.71  1.15 GiB     66 %\n  300,000    no     131 ",
			"\nWhy 400,000 users were not held\n  - The p99 of requests was 2.41 s, and the goal is 100 ms.\n",
		}, []string{"Why 50,000"}},
		"none held":    {none, []string{"Not even 400,000 users were held.\n"}, nil},
		"all held":     {all, []string{"200,000 users were held, the most that were tried; the limit was not found.\n"}, nil},
		"empty report": {&Report{}, []string{"0 users were not held.\n", "–  "}, nil},
	} {
		var b strings.Builder
		if err := c.report.WriteText(&b, 100); err != nil {
			t.Error(err)
		}
		for _, want := range c.has {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: %q is not in\n%s", name, want, b.String())
			}
		}
		for _, no := range c.not {
			if strings.Contains(b.String(), no) {
				t.Errorf("%s: %q is in\n%s", name, no, b.String())
			}
		}
	}
}

func TestWriteTextKeepsToTheWidth(t *testing.T) {
	for _, r := range []*Report{exampleReport(), refused(), exampleLimit(), {}} {
		for _, width := range []int{0, 1, 40, 57, 80, 200} {
			var b strings.Builder
			if err := r.WriteText(&b, width); err != nil {
				t.Fatal(err)
			}
			limit := max(width, leastWidth)
			if width == 0 {
				limit = usualWidth
			}
			for line := range strings.Lines(b.String()) {
				if line = strings.TrimSuffix(line, "\n"); columns(line) > limit || line != strings.TrimRight(line, " ") {
					t.Errorf("in a width of %d there is %q", width, line)
				}
			}
			if !strings.Contains(b.String(), "p99") {
				t.Errorf("a width of %d leaves no room for the p99", width)
			}
		}
	}
}
