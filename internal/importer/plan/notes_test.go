package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rung-app/rung/internal/importer/plan"
)

func TestNotesAreCountedByCodeTheLostOnesFirst(t *testing.T) {
	var n plan.Notes
	n.Add(plan.Guessed, "g", "Guessed.", 1)
	n.Add(plan.Lost, "l", "Lost.", 2, "a", "")
	n.Add(plan.Lost, "nothing", "Nothing.", 0, "x")
	n.Add(plan.Changed, "l", "Whatever.", 3, "b\x1b[31m\nc", strings.Repeat("ü", 81))
	want := []plan.Note{
		{Kind: plan.Lost, Code: "l", Text: "Lost.", Count: 5, Examples: []string{"a", "b [31m c", strings.Repeat("ü", 79) + "…"}},
		{Kind: plan.Guessed, Code: "g", Text: "Guessed.", Count: 1},
	}
	if diff := cmp.Diff(want, n.List()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNotesNameTheFirstTen(t *testing.T) {
	var n plan.Notes
	for i := range 12 {
		n.Add(plan.Lost, "l", "Lost.", 1, fmt.Sprint(i))
	}
	if got := n.List()[0]; got.Count != 12 || len(got.Examples) != 10 || got.Examples[9] != "9" {
		t.Errorf("got %+v", got)
	}
}

func TestFoldMakesEqualWhatPeopleTakeForTheSame(t *testing.T) {
	for _, pair := range [][2]string{{"Straße", "STRASSE"}, {" To  do ", "to do"}, {"Ｂｕｇ", "bug"}} {
		if plan.Fold(pair[0]) != plan.Fold(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	if plan.Fold("To do") == plan.Fold("Todo") {
		t.Error("To do and Todo are the same")
	}
}
