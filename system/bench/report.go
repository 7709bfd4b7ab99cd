package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// finding is one line of the table: a figure of every round, and what its median must keep to.
type finding struct {
	what   string
	target string
	holds  func(median float64) bool
	unit   string
	rounds []float64
	detail string
}

type report struct{ findings []finding }

func atLeast(bound float64) (string, func(float64) bool) {
	return fmt.Sprintf("≥ %.2f", bound), func(m float64) bool { return m >= bound }
}

func atMost(bound float64, unit string) (string, func(float64) bool) {
	return fmt.Sprintf("≤ %g%s", bound, unit), func(m float64) bool { return m <= bound }
}

// add takes a finding up and shows it at once.
func (r *report) add(f finding) {
	r.findings = append(r.findings, f)
	low, mid, high := spread(f.rounds)
	w := tabwriter.NewWriter(os.Stdout, 44, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s %s / %s / %s\t%s\t%s\n", f.what, f.verdict(), number(low, f.unit), number(mid, f.unit), number(high, f.unit), f.target, f.detail)
	_ = w.Flush()
}

func (f finding) verdict() string {
	if f.holds == nil {
		return "  "
	}
	if _, mid, _ := spread(f.rounds); f.holds(mid) {
		return "ok"
	}
	return "NO"
}

// number shows a ratio with two decimals, anything with a unit without.
func number(v float64, unit string) string {
	if unit == "" {
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.0f%s", v, unit)
}

func spread(values []float64) (low, mid, high float64) {
	if len(values) == 0 {
		return 0, 0, 0
	}
	v := slices.Sorted(slices.Values(values))
	return v[0], median(v), v[len(v)-1]
}

func median(values []float64) float64 {
	v := slices.Sorted(slices.Values(values))
	if len(v)%2 == 0 {
		return (v[len(v)/2-1] + v[len(v)/2]) / 2
	}
	return v[len(v)/2]
}

// The table stands between these two lines; what stands around it is written by hand.
const (
	tableBegin = "<!-- written by make bench: begin -->"
	tableEnd   = "<!-- written by make bench: end -->"
)

// writeInto replaces the table in a file.
func (r *report) writeInto(path, header string) error {
	var b strings.Builder
	b.WriteString(header)
	b.WriteString("| measured | target | min | median | max | holds | in the median |\n|---|---|---|---|---|---|---|\n")
	for _, f := range r.findings {
		low, mid, high := spread(f.rounds)
		holds := map[string]string{"ok": "yes", "NO": "**no**"}[f.verdict()]
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", f.what, f.target, number(low, f.unit), number(mid, f.unit), number(high, f.unit), holds, f.detail)
	}
	return replaceBetween(path, tableBegin, tableEnd, b.String())
}

// header says of what and where a table is.
func (b *bench) header() string {
	text := fmt.Sprintf("%s, commit %s, %s, %s/%s, %d processors.", time.Now().UTC().Format(time.DateOnly), b.commit, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if b.quick {
		text += " A quick run: these are no figures to go by."
	}
	return text + "\n\n"
}

// replaceBetween puts a text in the place of what stands between two lines of a file.
func replaceBetween(path, begin, end, text string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(old), begin)
	_, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		return fmt.Errorf("%s lacks the lines %q and %q", path, begin, end)
	}
	return os.WriteFile(path, []byte(before+begin+"\n\n"+text+"\n"+end+after), 0o644)
}

// commit names what lies in the folder, with a + if it was changed since.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty=+", "--exclude=*", "--abbrev=12").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
