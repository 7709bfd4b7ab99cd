package load

import (
	"io"
	"slices"
	"strings"
)

// The width of a terminal that is not known, and the least that a report is written for.
const (
	usualWidth = 80
	leastWidth = 40
)

// WriteText writes the report for people, in lines of at most width columns; 0 is the usual width, and less than 40 is
// taken for 40. What others said is written so that a terminal takes it for text alone.
func (r *Report) WriteText(w io.Writer, width int) error {
	if width <= 0 {
		width = usualWidth
	}
	t := &sheet{width: max(width, leastWidth)}
	t.say(r.headline())
	t.say(r.gaveOut())
	t.list("And", r.reasons())
	t.load(r)
	t.latency(r)
	t.checks(r)
	t.machines(r)
	t.steps(r)
	t.list("Broken promises", r.Checks.Violations)
	t.list("Errors", r.Checks.Errors)
	t.list("Not checked", r.Checks.Unchecked)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// sheet is a report as it is written.
type sheet struct {
	b     strings.Builder
	width int
}

func (t *sheet) line(text string) {
	t.b.WriteString(strings.TrimRight(cut(text, t.width), " ") + "\n")
}

func (t *sheet) say(text string) {
	for _, l := range wrap(plain(text), t.width) {
		t.line(l)
	}
}

func (t *sheet) title(text string) {
	t.line("")
	t.say(text)
}

// row writes a name and beside it what there is to say, below each other where it is too long.
func (t *sheet) row(name, text string) {
	const room = 12
	for _, l := range wrap(plain(text), t.width-room-2) {
		t.line("  " + name + strings.Repeat(" ", room-columns(name)) + l)
		name = ""
	}
}

func (t *sheet) list(title string, all []string) {
	if len(all) == 0 {
		return
	}
	t.title(title)
	for _, text := range all {
		mark := "  - "
		for _, l := range wrap(plain(text), t.width-len(mark)) {
			t.line(mark + l)
			mark = "    "
		}
	}
}

// column of a table. Where there is not enough room, those with the highest spare are left out first; 0 stays.
type column struct {
	name  string
	spare int
	cells []string
}

// table aligns the first column to the left and the others to the right. A column without a word is left out.
func (t *sheet) table(all []column) {
	all = slices.DeleteFunc(all, func(c column) bool { return !slices.ContainsFunc(c.cells, func(s string) bool { return s != "" }) })
	widths := func() (each []int, sum int) {
		for _, c := range all {
			most := columns(c.name)
			for _, cell := range c.cells {
				most = max(most, columns(cell))
			}
			each, sum = append(each, most), sum+most+2
		}
		return each, sum
	}
	each, sum := widths()
	for sum > t.width {
		least := 0
		for i, c := range all {
			if c.spare > all[least].spare {
				least = i
			}
		}
		if len(all) == 0 || all[least].spare == 0 {
			break
		}
		all = slices.Delete(all, least, least+1)
		each, sum = widths()
	}
	if len(all) == 0 {
		return
	}
	for i := -1; i < len(all[0].cells); i++ {
		line := ""
		for j, c := range all {
			cell := c.name
			if i >= 0 {
				cell = c.cells[i]
			}
			gap := strings.Repeat(" ", each[j]-columns(cell))
			if j == 0 {
				line += "  " + cell + gap
			} else {
				line += "  " + gap + cell
			}
		}
		t.line(line)
	}
}
