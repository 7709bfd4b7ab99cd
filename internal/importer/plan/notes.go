package plan

import (
	"strings"
	"unicode"
)

// Kind says what became of something that did not come over as it was.
type Kind string

// The kinds of a Note.
const (
	Lost    Kind = "lost"    // it is not in Rung
	Changed Kind = "changed" // it is in Rung in another shape
	Guessed Kind = "guessed" // Rung had to choose, and may have chosen wrongly
)

// maxExamples is how many examples a Note names before it only counts.
const maxExamples = 10

// Note is one sentence of the report, about Count things of which it names the first few. Code never changes, so that
// programs can say the sentence in another language.
type Note struct {
	Kind     Kind     `json:"kind" enum:"lost,changed,guessed"`
	Code     string   `json:"code"`
	Text     string   `json:"text"`
	Count    int      `json:"count"`
	Examples []string `json:"examples,omitempty" nullable:"false"`
}

// Notes collects notes, one for each code, in the order in which the codes first came up. The zero value is empty.
type Notes struct {
	list  []Note
	index map[string]int
}

// Add counts n more things under code. The kind and text of the first call with a code are the ones kept; examples
// are cut to a line, and those beyond the first ten of a code dropped. Adding nothing (n <= 0) says nothing.
func (n *Notes) Add(kind Kind, code, text string, count int, examples ...string) {
	if count <= 0 {
		return
	}
	i, known := n.index[code]
	if !known {
		if n.index == nil {
			n.index = map[string]int{}
		}
		i = len(n.list)
		n.index[code] = i
		n.list = append(n.list, Note{Kind: kind, Code: code, Text: text})
	}
	note := &n.list[i]
	note.Count += count
	for _, e := range examples {
		if e = exemplary(e); e != "" && len(note.Examples) < maxExamples {
			note.Examples = append(note.Examples, e)
		}
	}
}

// exemplary makes a short line of a text that may be anything.
func exemplary(text string) string {
	const most = 80
	line := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if r := []rune(line); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return line
}

// List gives the notes: what was lost first, then what was changed, then what was guessed.
func (n *Notes) List() []Note {
	list := make([]Note, 0, len(n.list))
	for _, kind := range []Kind{Lost, Changed, Guessed} {
		for _, note := range n.list {
			if note.Kind == kind {
				list = append(list, note)
			}
		}
	}
	return list
}
