package sqldb

import (
	"strings"

	"github.com/rung-app/rung/internal/tasks"
)

// fewTexts is how many texts with the words of a list's condition are rather gathered than looked for in its order.
const fewTexts = 2000

// textLead gives what leads a list through the index of words, "" if its condition is not about words or so many tasks
// have them that a list of 50 is found sooner by looking.
func (v *view) textLead(b *question, q tasks.TaskQuery) (from string, err error) {
	text, ok := pinnedText(q.Where)
	terms := tasks.TermsOf(text)
	if !ok || len(terms) == 0 || v.texts-v.indexed > fewTexts {
		return ``, nil
	}
	if whole, err := v.AllIndexed(); err != nil || !whole {
		return ``, err
	}
	only, projects := scope(q)
	if only && len(projects) == 0 {
		return ``, nil
	}
	var parts []string
	sum := 0
	for span := v.indexed >> spanBits; span >= 0; span-- {
		name := spanOf(v.number, span)
		spelled, err := v.spelled(terms, name, []string{inTitle, inBody})
		if err != nil {
			return ``, err
		}
		if spelled == nil {
			continue
		}
		match := matching(name, spelled, only, projects)
		var n int
		if err := v.tx.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH $1 LIMIT $2)`, match, fewTexts+1).Scan(&n); err != nil {
			return ``, err
		}
		if sum += n; sum > fewTexts {
			return ``, nil
		}
		if n > 0 {
			parts = append(parts, `(`+match+`)`)
		}
	}
	if parts == nil {
		parts = []string{`"` + spanOf(v.number, 0) + `"`} // which by itself is no token
	}
	above, _ := v.textRange()
	return ` FROM (SELECT rowid AS n FROM words WHERE words MATCH ` + b.arg(strings.Join(parts, ` OR `)) +
		` UNION ALL SELECT text_id FROM tasks INDEXED BY tasks_text WHERE text_id > ` + b.arg(above|v.indexed) +
		` AND text_id <= ` + b.arg(above|v.texts) + `) w CROSS JOIN tasks t ON t.text_id = w.n`, nil
}

// pinnedText gives the words that a task must have for a condition to hold.
func pinnedText(w tasks.Where) (string, bool) {
	if w.Field == tasks.FieldText {
		return w.Text, true
	}
	for _, c := range w.All {
		if s, ok := pinnedText(c); ok {
			return s, true
		}
	}
	return "", false
}
