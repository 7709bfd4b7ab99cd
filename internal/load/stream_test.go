package load

import (
	"testing"

	"github.com/google/uuid"
)

func TestParseEvent(t *testing.T) {
	id, entity := uuid.MustParse("01900000-0000-7000-8000-0123456789ab"), uuid.MustParse("01900000-0000-7000-8000-00000000000e")
	for name, text := range map[string]string{
		"as Rung writes it": `{"seq":17,"id":"` + id.String() + `","type":"task.updated","at":"2026-01-01T00:00:00.000Z","actor":{"type":"user","id":"` + id.String() +
			`","name":"\",\"entity_id\":\"x"},"entity":"task","entity_id":"` + entity.String() + `","version":3,"project":null,"changed":["title"],"data":{"title":"x"},"request_id":""}`,
		"in another order": `{"version": 3, "entity_id": "` + entity.String() + `", "id": "` + id.String() + `", "seq": 17}`,
	} {
		e, err := parseEvent([]byte(text))
		if err != nil || e != (event{17, id, entity, 3}) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	for _, bad := range []string{"", "{", `{"seq":"x"}`, `[]`} {
		if _, err := parseEvent([]byte(bad)); err == nil {
			t.Errorf("%q is taken for an event", bad)
		}
	}
}

func TestCompare(t *testing.T) {
	at := func(all ...int64) (marks []mark) {
		for _, n := range all {
			marks = append(marks, mark{n, uint64(n) * 7})
		}
		return marks
	}
	history := at(1, 2, 3, 4)
	for name, c := range map[string]struct {
		heard []mark
		want  findings
	}{
		"all":        {at(1, 2, 3, 4), findings{}},
		"none":       {nil, findings{missed: 4}},
		"a hole":     {at(1, 2, 4), findings{missed: 1}},
		"twice":      {at(1, 2, 2, 3, 4), findings{repeated: 1}},
		"swapped":    {at(1, 3, 2, 4), findings{disordered: 1}},
		"from where": {append(at(1, 2, 3, 4), mark{4, 1}), findings{repeated: 1}},
	} {
		if got := compare(history, c.heard); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
