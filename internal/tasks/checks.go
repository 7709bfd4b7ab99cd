package tasks

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// maxNested is how deep values may be nested that Rung keeps for clients and does not look into.
const maxNested = 32

// checks collects what is wrong with the fields of a thing.
type checks struct {
	path string
	bad  []fault.Field
}

// no refuses a field; an empty message does not.
func (c *checks) no(field, message string) {
	if message != "" {
		c.bad = append(c.bad, fault.Field{Field: c.path + field, Message: message})
	}
}

// name checks what a thing is called.
func (c *checks) name(s string) { c.no("name", text.Title(s, maxName)) }

// short checks a color, an icon and the like, which may be empty.
func (c *checks) short(field, s string, most int) {
	c.no(field, text.Line(s))
	if len(s) > most {
		c.no(field, fmt.Sprintf("is longer than %d bytes", most))
	}
}

// body checks Markdown.
func (c *checks) body(field, s string, most int) {
	c.no(field, text.Body(s))
	if len(s) > most {
		c.no(field, fmt.Sprintf("is longer than %d bytes", most))
	}
}

// opaque checks JSON that is kept for clients, as it is encoded.
func (c *checks) opaque(field string, doc []byte, most int) {
	switch err := text.CheckJSON(doc, maxNested, false); {
	case len(doc) > most:
		c.no(field, fmt.Sprintf("is larger than %d bytes", most))
	case err != nil:
		c.no(field, err.Error())
	}
}

// external checks where an imported thing came from. The address becomes a link, and a link that runs a script is none.
func (c *checks) external(e *External) {
	if e == nil {
		return
	}
	if e.Source == "" || e.ID == "" || len(e.Source) > 40 || len(e.ID) > 200 || len(e.URL) > 2000 {
		c.no(fExternal, "needs a source of up to 40 and an id of up to 200 bytes, and may have a URL of up to 2000")
	}
	if strings.Contains(e.Source, ":") {
		c.no(fExternal+".source", "must have no colon")
	}
	c.no(fExternal+".source", text.Line(e.Source))
	c.no(fExternal+".id", text.Line(e.ID))
	c.no(fExternal+".url", text.Line(e.URL))
	if u, err := url.Parse(e.URL); e.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		c.no(fExternal+".url", "must be an http or https address")
	}
}

// author checks who is said to have written an imported thing.
func (c *checks) author(a *Author) {
	if a == nil {
		return
	}
	if c.no(fAuthor+".name", text.Title(a.Name, 200)); len(a.Name) > 200 {
		c.no(fAuthor+".name", "is longer than 200 bytes")
	}
}

// err is the fault, nil if nothing is wrong.
func (c *checks) err() error {
	if len(c.bad) == 0 {
		return nil
	}
	return fault.Invalid(c.bad...)
}
