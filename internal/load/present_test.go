package load

import (
	"slices"
	"testing"
)

func TestPresent(t *testing.T) {
	for _, users := range []int{1, 19, 20, 21, 400, 1000, 99_999, 100_000, 1_000_000} {
		present := Present(users)
		if len(present) != Teams(users) {
			t.Errorf("%d users: %d teams", users, len(present))
		}
		if got, want := sum(present), (users+19)/20; got != want {
			t.Errorf("%d users: %d present and not %d", users, got, want)
		}
		if slices.Max(present) > TeamSize || slices.Min(present) < 0 {
			t.Errorf("%d users: between %d and %d of a team", users, slices.Min(present), slices.Max(present))
		}
		if !slices.Equal(present, Present(users)) {
			t.Errorf("%d users: it differs from time to time", users)
		}
	}
	present := Present(100_000)
	if present[0] != TeamSize || present[2000] > 1 {
		t.Errorf("the first has %d, the 2001st %d", present[0], present[2000])
	}
	// Among those who are not all there, the popularity falls as the rank rises.
	first := func(n int) int { return slices.IndexFunc(present, func(p int) bool { return p <= n }) }
	if a, b := first(10), first(5); b < 3*a/2 || b > 5*a/2 {
		t.Errorf("10 are present in the team of rank %d and 5 in that of rank %d", a, b)
	}
}

func TestSplit(t *testing.T) {
	var teams []Team
	for i, n := range Present(10_000) {
		teams = append(teams, Team{Number: i, People: make([]Person, n)})
	}
	parts, seen := split(teams, 3), map[int]bool{}
	for _, part := range parts {
		people := 0
		for _, team := range part {
			if seen[team.Number] {
				t.Fatalf("team %d is in two parts", team.Number)
			}
			seen[team.Number] = true
			people += len(team.People)
		}
		if people < 500/3-TeamSize || people > 500/3+TeamSize {
			t.Errorf("a part has %d of 500 people", people)
		}
	}
	if len(seen) != len(teams) {
		t.Errorf("%d of %d teams are dealt out", len(seen), len(teams))
	}
}
