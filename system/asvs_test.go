package system

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/config"
)

// TestWhatTheSecurityPagesNameIsThere finds every test, chapter, file and setting that the pages on security give as a
// proof, and in the table of the ASVS every line that it must have.
func TestWhatTheSecurityPagesNameIsThere(t *testing.T) {
	chapters, err := os.ReadFile("story.go")
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]bool{}
	for _, s := range config.Settings() {
		settings[s.Variable()] = true
	}
	for _, page := range []string{"docs/security.md", "docs/asvs.md", "SECURITY.md"} {
		doc, err := os.ReadFile("../" + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(string(doc), -1) {
			named := m[1]
			file, test, isTest := strings.Cut(named, "_test.go:")
			chapter, isChapter := strings.CutPrefix(named, "story: ")
			setting := regexp.MustCompile(`^RUNG_[A-Z_]+`).FindString(named)
			switch {
			case isTest:
				code, err := os.ReadFile("../" + file + "_test.go")
				if err != nil || !strings.Contains(string(code), "\nfunc "+test+"(t *testing.T)") {
					t.Errorf("%s names %s, which is not there", page, named)
				}
			case isChapter && chapter != "name":
				if !strings.Contains(string(chapters), fmt.Sprintf("{%q, (*story).", chapter)) {
					t.Errorf("%s names the chapter %q, which is not told", page, chapter)
				}
			case setting != "":
				if !settings[setting] && !settings[strings.TrimSuffix(setting, "_FILE")] {
					t.Errorf("%s names the setting %s, which does not exist", page, setting)
				}
			case regexp.MustCompile(`^(internal|system|cmd|web)/[\w/.-]+$`).MatchString(named):
				if _, err := os.Stat(filepath.Join("..", named)); err != nil {
					t.Errorf("%s names %s, which is not there", page, named)
				}
			}
		}
	}
}

// TestTheTableOfTheASVSIsWhole wants every requirement of levels 1 and 2 once, in its order, with an answer that is one
// of those that the page explains and, if it is good, something that shows it.
func TestTheTableOfTheASVSIsWhole(t *testing.T) {
	doc, err := os.ReadFile("../docs/asvs.md")
	if err != nil {
		t.Fatal(err)
	}
	levels, answers, last := map[string]int{}, map[string]int{}, [3]int{}
	for _, line := range strings.Split(string(doc), "\n") {
		cells := strings.Split(line, "|")
		var id [3]int
		if n, _ := fmt.Sscanf(strings.TrimSpace(cells[min(1, len(cells)-1)]), "%d.%d.%d", &id[0], &id[1], &id[2]); n != 3 || !strings.HasPrefix(line, "|") {
			continue
		}
		if len(cells) != 8 {
			t.Errorf("%v has %d columns", id, len(cells)-2)
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		level, answer, how, shown := cells[2], cells[4], cells[5], cells[6]
		levels[level]++
		answers[answer]++
		if id[0] < last[0] || id[0] == last[0] && (id[1] < last[1] || id[1] == last[1] && id[2] <= last[2]) {
			t.Errorf("%v comes after %v", id, last)
		}
		last = id
		switch answer {
		case "met", "operator":
			if shown == "" {
				t.Errorf("%v is %s, and nothing shows it", id, answer)
			}
		case "part":
			if shown == "" || how == "" {
				t.Errorf("%v is met in part; how far, and what shows it?", id)
			}
		case "not met", "n/a":
			if how == "" {
				t.Errorf("%v is %s, and not why", id, answer)
			}
		default:
			t.Errorf("%v is %q", id, answer)
		}
	}
	if levels["1"] != 70 || levels["2"] != 183 || len(levels) != 2 { // so many there are in version 5.0.0
		t.Errorf("lines by level: %v", levels)
	}
	summary := fmt.Sprintf("%d met, %d by the operator, %d in part, %d not met, %d about what Rung does not have",
		answers["met"], answers["operator"], answers["part"], answers["not met"], answers["n/a"])
	if !strings.Contains(strings.ReplaceAll(string(doc), "\n", " "), summary) {
		t.Errorf("the page does not say: %s", summary)
	}
}
