package tasks

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/google/uuid"
)

// FormerMember is what somebody is called whose account was deleted.
const FormerMember = "Former member"

// anonymous takes somebody's name out of a document: wherever an object names her by her id, as "user" or "id", what it
// says beside that of her name, her username and her address is replaced. It needs no knowledge of the kinds of documents
// there are, and leaves every other byte as it is. What people have written themselves it does not touch.
func anonymous(doc []byte, user uuid.UUID) []byte {
	id := user.String()
	if !bytes.Contains(doc, []byte(id)) {
		return doc
	}
	a := anonymizer{doc: doc, id: id, dec: json.NewDecoder(bytes.NewReader(doc))}
	for {
		if err := a.value(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return doc // not JSON: nothing of ours
		}
	}
	slices.SortFunc(a.found, func(x, y passage) int { return x.from - y.from })
	out, done := make([]byte, 0, len(doc)), 0
	for _, f := range a.found {
		out = append(append(out, doc[done:f.from]...), f.text...)
		done = f.to
	}
	return append(out, doc[done:]...)
}

// anonymizer goes through a document once and finds what is to be replaced.
type anonymizer struct {
	doc   []byte
	id    string
	dec   *json.Decoder
	found []passage
}

type passage struct {
	from, to int
	text     string
}

// value reads one value.
func (a *anonymizer) value() error {
	t, err := a.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		return a.object()
	case json.Delim('['):
		for a.dec.More() {
			if err := a.value(); err != nil {
				return err
			}
		}
		_, err = a.dec.Token()
	}
	return err
}

// object reads the rest of an object.
func (a *anonymizer) object() error {
	var names []passage
	hers := false
	for a.dec.More() {
		k, err := a.dec.Token()
		if err != nil {
			return err
		}
		from := int(a.dec.InputOffset())
		from += bytes.IndexByte(a.doc[from:], ':') + 1
		from += len(a.doc[from:]) - len(bytes.TrimLeft(a.doc[from:], " \t\r\n"))
		if a.doc[from] != '"' {
			if err := a.value(); err != nil {
				return err
			}
			continue
		}
		v, err := a.dec.Token()
		if err != nil {
			return err
		}
		switch k {
		case "user", "id":
			hers = hers || v == a.id
		case "name":
			names = append(names, passage{from, int(a.dec.InputOffset()), `"` + FormerMember + `"`})
		case "username", "email":
			names = append(names, passage{from, int(a.dec.InputOffset()), `""`})
		}
	}
	if hers {
		a.found = append(a.found, names...)
	}
	_, err := a.dec.Token()
	return err
}
