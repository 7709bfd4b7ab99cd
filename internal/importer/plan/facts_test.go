package plan_test

import (
	"testing"

	"github.com/rung-app/rung/internal/importer/plan"
)

func TestFactsStandInOneListBelowTheText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "### From Elsewhere\n\n- a\n- b"},
		{"Two\r\nlines \n", "Two\r\nlines \n\n\n### From Elsewhere\n\n- a\n- b"},
		{"Text\n\n### From Elsewhere\n\n- x", "Text\n\n### From Elsewhere\n\n- x\n- a\n- b"},
		{"### From Elsewhere\n\n- x\n\nText", "### From Elsewhere\n\n- x\n\nText\n\n### From Elsewhere\n\n- a\n- b"},
		{"#### From Elsewhere\n\n- x", "#### From Elsewhere\n\n- x\n\n### From Elsewhere\n\n- a\n- b"},
	} {
		if got := plan.Facts(c.text, "Elsewhere", "a", "b"); got != c.want {
			t.Errorf("below %q: %q, want %q", c.text, got, c.want)
		}
		if got := plan.Facts(c.text, "Elsewhere"); got != c.text {
			t.Errorf("no facts below %q: %q", c.text, got)
		}
	}
}
