package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/mattn/go-isatty"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/importer"
)

// printReport writes an import's report for people.
func printReport(out io.Writer, i client.Import) error {
	r := i.Report
	var b strings.Builder
	verb := "Imported"
	switch {
	case r.DryRun:
		verb = "Would import"
	case i.Error != nil:
		verb = "Imported a part of"
	}
	fmt.Fprintf(&b, "%s “%s” from %s", verb, r.Project.Name, importer.Title(r.Source))
	if r.Project.Created {
		b.WriteString(" as a new project")
	}
	b.WriteString(".\n\n")
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "\tcreated\tupdated\tunchanged\t\n")
	for _, row := range []struct {
		name  string
		tally client.ImportTally
	}{
		{"tasks", r.Counts.Tasks}, {"comments", r.Counts.Comments}, {"statuses", r.Counts.Statuses}, {"labels", r.Counts.Labels},
	} {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", row.name, row.tally.Created, row.tally.Updated, row.tally.Unchanged)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	writePeople(&b, r.People)
	for _, kind := range []struct {
		kind, title string
	}{{"lost", "Lost"}, {"changed", "Changed"}, {"guessed", "Guessed"}} {
		writeNotes(&b, kind.title, kind.kind, r.Notes)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writePeople(b *strings.Builder, people []client.ImportMatch) {
	if len(people) == 0 {
		return
	}
	b.WriteString("\nPeople:\n")
	for _, p := range people {
		if p.User == nil {
			fmt.Fprintf(b, "- %s is nobody here; the name is kept.\n", p.Name)
			continue
		}
		fmt.Fprintf(b, "- %s was found by %s.\n", p.Name, p.By)
	}
}

// maxExamples is how many of a note's examples are printed; the JSON has more.
const maxExamples = 3

func writeNotes(b *strings.Builder, title string, kind string, notes []client.ImportNote) {
	for _, n := range notes {
		if n.Kind != kind {
			continue
		}
		if title != "" {
			fmt.Fprintf(b, "\n%s:\n", title)
			title = ""
		}
		fmt.Fprintf(b, "- %s (%d)", n.Text, n.Count)
		if some := n.Examples[:min(len(n.Examples), maxExamples)]; len(some) > 0 {
			fmt.Fprintf(b, " %s", strings.Join(some, "; "))
			if len(some) < n.Count {
				b.WriteString("; …")
			}
		}
		b.WriteString("\n")
	}
}

// progressBar shows how far something is, on a terminal alone.
type progressBar struct{ out io.Writer }

func newProgressBar(term terminal) *progressBar {
	f, ok := term.err.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progressBar{io.Discard}
	}
	return &progressBar{f}
}

func (p *progressBar) show(done, total int) {
	const width = 30
	full := 0
	if total > 0 {
		full = width * min(done, total) / total
	}
	fmt.Fprintf(p.out, "\r%s%s %d of %d\x1b[K", strings.Repeat("█", full), strings.Repeat("░", width-full), done, total)
}

func (p *progressBar) clear() { fmt.Fprint(p.out, "\r\x1b[K") }
