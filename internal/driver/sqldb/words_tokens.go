package sqldb

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// A token of the index is a word with what it is a word of in front: the workspace, a span of its texts, and one of the
// marks below, none of which can be in a word. So one workspace's words are apart from all others', and to find the
// words that begin with something costs no more than one span of texts, however many there are.

const (
	inTitle   = "«" // a word of a task's title
	inBody    = "»" // one of its description alone
	inComment = "¬"
	ofProject = "¦" // an id follows: that of the project whose members may see the text
	ofSpan    = "·"
)

// spanBits is how many texts, as a power of two, make a span: enough that most workspaces have one, and few enough that
// the words with one beginning can be put together while somebody waits.
const spanBits = 18

// spanOf is what stands in front of the words of a span's texts.
func spanOf(workspace, span int64) string {
	return strconv.FormatInt(workspace, 36) + ofSpan + strconv.FormatInt(span, 36)
}

func spanOfText(text int64) string {
	return spanOf(text>>textBits, text&(1<<textBits-1)>>spanBits)
}

// tokensOfTask gives all tokens of a task's text.
func tokensOfTask(text int64, project uuid.UUID, title, description string) string {
	span := spanOfText(text)
	titled, told := tasks.Words(title), tasks.Words(description)
	b := tokenList{span: span}
	b.Grow(len(title) + len(description) + (len(titled)+len(told)+1)*(len(span)+4) + 2*len(project))
	b.add(ofProject, hex.EncodeToString(project[:]))
	for _, w := range titled {
		b.add(inTitle, w)
	}
	for _, w := range told {
		if !slices.Contains(titled, w) {
			b.add(inBody, w)
		}
	}
	return b.String()
}

// tokenList is tokens of one span with a space between them.
type tokenList struct {
	span string
	strings.Builder
}

func (b *tokenList) add(mark, word string) {
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(b.span)
	b.WriteString(mark)
	b.WriteString(word)
}

// tokensOfComment gives all tokens of a comment.
func tokensOfComment(text int64, project uuid.UUID, body string) string {
	span := spanOfText(text)
	b := tokenList{span: span}
	b.add(ofProject, hex.EncodeToString(project[:]))
	for _, w := range tasks.Words(body) {
		b.add(inComment, w)
	}
	return b.String()
}

// spelling is a term as the tokens that a text may have for it, one of which it must; with prefix their beginnings.
type spelling struct {
	tokens []string
	prefix bool
}

// maxSpelled is how many words with one beginning are asked for one by one. The engine puts all texts of a beginning
// together before it gives the first, but goes along those of whole words, however many texts have them.
const maxSpelled = 50

// spelled spells terms for a span of texts, each under one of the marks. A beginning is spelled as the words that there
// are with it, unless there are many; if there are none the terms are nil.
func (v *view) spelled(terms tasks.Terms, span string, marks []string) ([]spelling, error) {
	out := make([]spelling, len(terms))
	for i, t := range terms {
		for _, m := range marks {
			out[i].tokens = append(out[i].tokens, span+m+t.Word)
		}
		if !t.Prefix {
			continue
		}
		var known []string
		for _, token := range out[i].tokens {
			some, err := v.known(token)
			if err != nil {
				return nil, err
			}
			known = append(known, some...)
		}
		switch {
		case len(known) == 0:
			return nil, nil
		case len(known) > maxSpelled:
			out[i].prefix = true
		default:
			out[i].tokens = known
		}
	}
	return out, nil
}

// known gives the first tokens that begin with one, in their order, one more than are spelled at most. Each is asked for
// by itself: the engine would step over all texts that have it on the way to the next. They are asked for once in a read.
func (v *view) known(beginning string) (tokens []string, err error) {
	if tokens, ok := v.spellings[beginning]; ok {
		return tokens, nil
	}
	for from := beginning; len(tokens) <= maxSpelled; {
		token, err := one(v.tx, scanText, `SELECT term FROM words_known WHERE term >= $1 LIMIT 1`, from)
		if err != nil {
			return nil, err
		}
		if token == nil || !strings.HasPrefix(*token, beginning) {
			break
		}
		tokens = append(tokens, *token)
		from = *token + " " // no word has a space, and all that a word has comes behind it
	}
	if v.spellings == nil {
		v.spellings = map[string][]string{}
	}
	v.spellings[beginning] = tokens
	return tokens, nil
}

// matching writes the question for one span of texts: all terms, in projects that may be seen. Words have only letters
// and digits in them, so nothing that somebody typed has a meaning to the engine.
func matching(span string, terms []spelling, only bool, projects []uuid.UUID) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(` AND `)
		}
		b.WriteByte('(')
		for j, token := range t.tokens {
			if j > 0 {
				b.WriteString(` OR `)
			}
			b.WriteString(`"` + token + `"`)
			if t.prefix {
				b.WriteString(` *`)
			}
		}
		b.WriteByte(')')
	}
	if len(projects) == 0 {
		return b.String()
	}
	ids := make([]string, len(projects))
	for i := range projects {
		ids[i] = `"` + span + ofProject + hex.EncodeToString(projects[i][:]) + `"`
	}
	if len(terms) == 0 {
		return strings.Join(ids, ` OR `)
	}
	join := `) NOT (`
	if only {
		join = `) AND (`
	}
	return `(` + b.String() + join + strings.Join(ids, ` OR `) + `)`
}
