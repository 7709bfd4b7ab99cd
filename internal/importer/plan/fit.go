package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"

	"github.com/rung-app/rung/internal/text"
)

// Fit makes the texts of a plan such as Rung takes, whatever a source put into them, and notes which ones it changed. It
// changes nothing the second time.
func (p *Plan) Fit() {
	f := &fitting{}
	p.Project.External = f.external(p.Project.External)
	p.Project.Name = f.line(p.Project.Name, "Imported")
	p.Project.Description = f.body(p.Project.Description, p.Project.Name)
	for i := range p.Statuses {
		s := &p.Statuses[i]
		s.External, s.Name = f.external(s.External), f.line(s.Name, "Untitled")
	}
	for i := range p.Labels {
		l := &p.Labels[i]
		l.External, l.Name = f.external(l.External), f.line(l.Name, "Untitled")
	}
	for i := range p.People {
		o := &p.People[i]
		o.ID, o.Name, o.Username = f.id(o.ID), f.line(o.Name, ""), f.line(o.Username, "")
	}
	for i := range p.Tasks {
		f.task(&p.Tasks[i])
	}
	if f.count > 0 {
		p.Notes = append(p.Notes, Note{
			Kind: Changed, Code: "import.texts", Count: f.count, Examples: f.examples,
			Text: "Some texts held characters that can't be seen or printed; they are left out, and so are addresses that are no web addresses.",
		})
	}
}

// fitting counts what had to be changed.
type fitting struct {
	count    int
	examples []string
}

func (f *fitting) task(t *Task) {
	t.External = f.external(t.External)
	t.Title = f.line(t.Title, "Untitled")
	t.Description = f.body(t.Description, t.Title)
	t.Said = text.CleanBody(t.Said)
	t.Parent, t.Status, t.Author = f.id(t.Parent), f.id(t.Status), f.id(t.Author)
	for _, ids := range [][]string{t.Labels, t.Assignees} {
		for i := range ids {
			ids[i] = f.id(ids[i])
		}
	}
	for i := range t.Comments {
		c := &t.Comments[i]
		c.External, c.Author = f.external(c.External), f.id(c.Author)
		c.Text = f.body(c.Text, t.Title)
	}
}

// changed counts a text and names where it stood.
func (f *fitting) changed(where string) {
	f.count++
	if e := exemplary(where); e != "" && len(f.examples) < maxExamples {
		f.examples = append(f.examples, e)
	}
}

func (f *fitting) line(s, otherwise string) string {
	if text.Line(s) == "" && (s == "" || text.Visible(s)) {
		return cmp.Or(s, otherwise)
	}
	clean := text.CleanLine(s)
	if !text.Visible(clean) {
		clean = otherwise
	}
	f.changed(clean)
	return clean
}

func (f *fitting) body(s, of string) string {
	clean := text.CleanBody(s)
	if clean != s {
		f.changed(of)
	}
	return clean
}

func (f *fitting) external(e External) External {
	e.ID = f.id(e.ID)
	u, err := url.Parse(e.URL)
	if e.URL == "" || err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && text.Line(e.URL) == "" {
		return e
	}
	f.changed(e.URL)
	e.URL = ""
	return e
}

// id gives an ID that is no line another one, the same wherever it stands.
func (f *fitting) id(id string) string {
	if text.Line(id) == "" {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "x" + hex.EncodeToString(sum[:16])
}
