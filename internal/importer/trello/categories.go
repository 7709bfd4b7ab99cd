package trello

import (
	"strings"
	"unicode"

	"github.com/rung-app/rung/internal/importer/plan"
)

// The words by which a list or label tells what it is for, in the languages that boards are most often kept in. Each
// is looked for as whole words; the first category with a hit wins.
var (
	canceledWords = words("canceled", "cancelled", "won't do", "wont do", "wontfix", "rejected", "abandoned", "dropped",
		"abgelehnt", "verworfen", "abgebrochen", "annulé", "cancelado", "annullato", "geannuleerd")
	doneWords = words("done", "complete", "completed", "finished", "closed", "shipped", "released", "deployed", "resolved",
		"delivered", "published", "live", "✅", "erledigt", "fertig", "abgeschlossen", "terminé", "terminée", "fait",
		"fini", "hecho", "terminado", "completado", "feito", "concluído", "fatto", "completato", "klaar", "gedaan", "afgerond")
	doingWords = words("doing", "in progress", "progress", "wip", "working on", "ongoing", "in work", "development",
		"review", "reviewing", "in review", "testing", "test", "qa", "verify", "verification", "staging",
		"in arbeit", "in bearbeitung", "prüfung", "en cours", "en progreso", "en curso", "em andamento", "in corso", "bezig")
	backlogWords = words("backlog", "ideas", "idea", "icebox", "someday", "later", "inbox", "wishlist", "brainstorm",
		"parking lot", "ideen", "idées", "idee", "ideeën", "algún día")
	// A list of what is yet to become so is not a list of what is so.
	notYet = words("to be", "to do", "todo", "not", "ready", "ready for", "ready to", "waiting", "pending", "next",
		"definition of", "on hold", "blocked", "noch nicht", "almost", "nearly")
)

// words prepares phrases for says.
func words(phrases ...string) []string {
	for i, p := range phrases {
		phrases[i] = " " + p + " "
	}
	return phrases
}

// says reports whether name contains one of the phrases as whole words.
func says(name string, phrases []string) bool {
	name = plainWords(name)
	for _, p := range phrases {
		if strings.Contains(name, p) {
			return true
		}
	}
	return false
}

// plainWords is the name in lower case with single spaces for everything that is no letter, digit, apostrophe or tick.
func plainWords(name string) string {
	fields := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(name, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '✅'
	})
	return " " + strings.Join(fields, " ") + " "
}

// guess is what a list of this name most likely means.
func guess(name string) plan.Category {
	switch {
	case says(name, canceledWords):
		return plan.Canceled
	case says(name, backlogWords):
		return plan.Backlog
	case says(name, notYet):
		return plan.Todo
	case says(name, doneWords):
		return plan.Done
	case says(name, doingWords):
		return plan.Doing
	}
	return plan.Todo
}
