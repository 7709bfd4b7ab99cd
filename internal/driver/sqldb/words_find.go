package sqldb

import (
	"slices"

	"github.com/google/uuid"
	"zombiezen.com/go/sqlite"

	"github.com/rung-app/rung/internal/tasks"
)

// maxLooked is how many texts of one span that have the words are looked at, the last written first, for the few that a
// question's other conditions let through.
const maxLooked = 20_000

// Find looks at what waits for the index as it is, and then into the index span by span, until it has enough.
func (v *view) Find(q tasks.TextQuery) ([]tasks.Found, error) {
	if q.Task != uuid.Nil {
		b := v.asking()
		return v.collect(b, q, ` FROM tasks t`, `t.id = `+b.arg(q.Task[:]), false, q.Limit)
	}
	only, projects := scope(q.Tasks)
	if len(q.Terms) == 0 || only && len(projects) == 0 || v.number == 0 {
		return nil, nil
	}
	b := v.asking()
	above, _ := v.textRange()
	from := ` FROM tasks t INDEXED BY tasks_text`
	if q.Kind != tasks.KindTask {
		from = ` FROM entities x INDEXED BY entities_text CROSS JOIN tasks t ON t.ws = x.ws AND t.id = x.scope`
	}
	out, err := v.collect(b, q, from, textColumn(q)+` > `+b.arg(above|v.indexed)+` AND `+textColumn(q)+` <= `+b.arg(above|v.texts), true, q.Limit)
	for span := v.indexed >> spanBits; err == nil && span >= 0 && len(out) < q.Limit; span-- {
		var match string
		var read bool
		if match, read, err = v.lead(q, spanOf(v.number, span), only, projects); err != nil {
			return nil, err
		}
		if match == "" {
			continue
		}
		b := v.asking()
		from := ` FROM (SELECT rowid AS n FROM words WHERE words MATCH ` + b.arg(match) + ` ORDER BY rowid DESC LIMIT ` + b.arg(maxLooked) + `) w` + toTask(q)
		var some []tasks.Found
		some, err = v.collect(b, q, from, ``, read, q.Limit-len(out))
		out = append(out, some...)
	}
	return out, err
}

func (v *view) asking() *question { return &question{ws: v.ws, args: []any{v.ws[:]}} }

// fewRead is how many texts of a span are rather read than that words with one beginning are put together for them.
const fewRead = 5_000

// lead gives the question for a span, "" if nothing in it can be found, and whether it leaves words to be looked for in
// the texts: what begins a word is dear to look for where many words begin so, and cheap in the texts where the other
// words, or the projects, let few through.
func (v *view) lead(q tasks.TextQuery, span string, only bool, projects []uuid.UUID) (match string, read bool, err error) {
	whole := slices.DeleteFunc(slices.Clone(q.Terms), func(t tasks.Term) bool { return t.Prefix })
	if len(whole) < len(q.Terms) && (len(whole) > 0 || only) {
		spelled, err := v.spelled(whole, span, marksOf(q))
		if err != nil {
			return "", false, err
		}
		match = matching(span, spelled, only, projects)
		n, err := v.upTo(fewRead+1, match)
		if err != nil || n == 0 {
			return "", false, err
		}
		if n <= fewRead {
			return match, true, nil
		}
	}
	spelled, err := v.spelled(q.Terms, span, marksOf(q))
	if err != nil || spelled == nil {
		return "", false, err
	}
	return matching(span, spelled, only, projects), false, nil
}

// upTo counts the texts that answer a question, no further than to most. It is asked once in a read.
func (v *view) upTo(most int, match string) (int, error) {
	if n, ok := v.answers[match]; ok {
		return n, nil
	}
	n, err := one(v.tx, scanCount, `SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH $1 LIMIT $2)`, match, most)
	if err != nil {
		return 0, err
	}
	if v.answers == nil {
		v.answers = map[string]int{}
	}
	v.answers[match] = *n
	return *n, nil
}

// toTask leads from the number of a text to the task.
func toTask(q tasks.TextQuery) string {
	if q.Kind == tasks.KindTask {
		return ` CROSS JOIN tasks t ON t.text_id = w.n`
	}
	return ` CROSS JOIN entities x ON x.text_id = w.n CROSS JOIN tasks t ON t.ws = x.ws AND t.id = x.scope`
}

func textColumn(q tasks.TextQuery) string {
	if q.Kind == tasks.KindTask {
		return `t.text_id`
	}
	return `x.text_id`
}

func marksOf(q tasks.TextQuery) []string {
	switch {
	case q.Kind != tasks.KindTask:
		return []string{inComment}
	case q.InTitle:
		return []string{inTitle}
	}
	return []string{inTitle, inBody}
}

// collect asks for what is found; read says that the words are still to be looked for in the texts themselves.
func (v *view) collect(b *question, q tasks.TextQuery, from, where string, read bool, limit int) ([]tasks.Found, error) {
	comment := `NULL`
	if q.Kind != tasks.KindTask {
		comment = `x.id`
	}
	b.sql.WriteString(`SELECT t.id, ` + comment + `, t.title, t.completed, t.updated, coalesce(` + textColumn(q) + `, 0)` + from + live)
	if where != `` {
		b.sql.WriteString(` AND ` + where)
	}
	if q.Kind != tasks.KindTask {
		b.sql.WriteString(` AND x.ws = t.ws AND x.deleted = 0`)
	}
	if err := b.conditions(q.Tasks); err != nil {
		return nil, err
	}
	if read {
		b.sql.WriteString(` AND ` + hasWords(b, q))
	}
	if where != `` {
		b.sql.WriteString(` ORDER BY ` + textColumn(q) + ` DESC`)
	} // else they come in the order in which the index gives them
	b.sql.WriteString(` LIMIT ` + b.arg(limit))
	type numbered struct {
		tasks.Found
		text int64
	}
	found, err := all(v.tx, func(row scanner) (f numbered, err error) {
		err = row.Scan(rawID{&f.Task}, (*id)(&f.Comment), &f.Title, &f.Completed, &f.Updated, &f.text)
		return f, err
	}, b.sql.String(), b.args...)
	slices.SortFunc(found, func(x, y numbered) int { return int(min(1, max(-1, y.text-x.text))) })
	out := make([]tasks.Found, len(found))
	for i := range found {
		out[i] = found[i].Found
	}
	return out, err
}

func hasWords(b *question, q tasks.TextQuery) string {
	texts := `t.title, t.description`
	switch {
	case q.Kind != tasks.KindTask:
		texts = `comment_text(x.doc)`
	case q.InTitle:
		texts = `t.title`
	}
	return `has_words(` + b.arg(q.Terms.String()) + `, ` + texts + `)`
}

// AllIndexed reports whether the texts of older versions have been numbered, those of all workspaces.
func (v *view) AllIndexed() (bool, error) {
	var n int
	err := v.tx.QueryRow(`SELECT count(*) FROM words_missing`).Scan(&n)
	return n == 0, err
}

// scope gives the projects that a question is limited to, or that it leaves out.
func scope(q tasks.TaskQuery) (only bool, projects []uuid.UUID) {
	asked, ok := projectsOf(q.Where)
	if !ok {
		if q.Only {
			return true, q.Visible
		}
		return false, q.Hidden
	}
	for _, p := range asked {
		if q.Only && slices.Contains(q.Visible, p) || !q.Only && !slices.Contains(q.Hidden, p) {
			projects = append(projects, p)
		}
	}
	return true, projects
}

// projectsOf gives the projects of which one must be a task's for a condition to hold, ok if it names some.
func projectsOf(w tasks.Where) (ids []uuid.UUID, ok bool) {
	if w.Field == tasks.FieldProject && w.Op == tasks.OpIn {
		return w.IDs, true
	}
	for _, c := range w.All {
		if ids, ok := projectsOf(c); ok {
			return ids, true
		}
	}
	return nil, false
}

// knowWords has the engine look for words in a text: has_words(terms, text ...), comment_text(doc).
func knowWords(c *sqlite.Conn) error {
	var spec string
	var terms tasks.Terms
	if err := c.CreateFunction("has_words", &sqlite.FunctionImpl{
		NArgs: -1, Deterministic: true,
		Scalar: func(_ sqlite.Context, args []sqlite.Value) (sqlite.Value, error) {
			if s := args[0].Text(); s != spec || terms == nil {
				spec, terms = s, tasks.ParseTerms(s)
			}
			texts := make([]string, 0, 2)
			for _, a := range args[1:] {
				texts = append(texts, a.Text())
			}
			if terms.In(texts...) {
				return sqlite.IntegerValue(1), nil
			}
			return sqlite.IntegerValue(0), nil
		},
	}); err != nil {
		return err
	}
	return c.CreateFunction("comment_text", &sqlite.FunctionImpl{
		NArgs: 1, Deterministic: true,
		Scalar: func(_ sqlite.Context, args []sqlite.Value) (sqlite.Value, error) {
			return sqlite.TextValue(tasks.CommentText(&tasks.Row{Kind: tasks.KindComment, Doc: args[0].Blob()})), nil
		},
	})
}
