package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rung-app/rung/internal/importer/plan"
)

func TestTextsAreMadeFit(t *testing.T) {
	p := plan.Plan{
		Project:  plan.Project{External: plan.External{ID: "b", URL: "javascript:alert(1)"}, Name: "\u202eBoard", Description: "a\x00\r\nb"},
		Statuses: []plan.Status{{External: plan.External{ID: "s\x00"}, Name: "\u200b"}},
		Labels:   []plan.Label{{External: plan.External{ID: "l"}, Name: "bug\ufeff"}},
		People:   []plan.Person{{ID: "p\n", Name: "Ada\U000E0041"}},
		Tasks: []plan.Task{{
			External: plan.External{ID: "t", URL: "https://example.com/1"}, Status: "s\x00", Title: "Two\nlines", Description: "ok\u202e", Author: "p\n",
			Assignees: []string{"p\n"}, Labels: []string{"l"}, Comments: []plan.Comment{{External: plan.External{ID: "c"}, Author: "p\n", Text: "\x1b[1mhi"}},
		}},
	}
	p.Fit()
	status, person := p.Statuses[0].External.ID, p.People[0].ID
	want := plan.Plan{
		Project:  plan.Project{External: plan.External{ID: "b"}, Name: "Board", Description: "a\r\nb"},
		Statuses: []plan.Status{{External: plan.External{ID: status}, Name: "Untitled"}},
		Labels:   []plan.Label{{External: plan.External{ID: "l"}, Name: "bug"}},
		People:   []plan.Person{{ID: person, Name: "Ada"}},
		Tasks: []plan.Task{{
			External: plan.External{ID: "t", URL: "https://example.com/1"}, Status: status, Title: "Two lines", Description: "ok\u202e", Author: person,
			Assignees: []string{person}, Labels: []string{"l"}, Comments: []plan.Comment{{External: plan.External{ID: "c"}, Author: person, Text: "[1mhi"}},
		}},
	}
	notes := p.Notes
	p.Notes = nil
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(notes) != 1 || notes[0].Code != "import.texts" || notes[0].Count != 8 || status == person {
		t.Errorf("%+v", notes)
	}
	if p.Fit(); len(p.Notes) != 0 {
		t.Errorf("again: %+v", p.Notes)
	}
}
