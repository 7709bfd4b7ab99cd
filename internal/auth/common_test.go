package auth

import (
	"strings"
	"testing"

	"github.com/trustelem/zxcvbn/frequency"
)

// ASVS wants at least the 3,000 most common passwords that a rule of length lets through to be refused.
func TestCommonPasswordsAreRefused(t *testing.T) {
	refused := 0
	for _, p := range frequency.FrequencyLists["passwords"] {
		if len(p) < minPassword {
			continue
		}
		for _, typed := range []string{p, strings.ToUpper(p)} {
			if checkPassword(typed, "ann@example.org") == "" {
				t.Fatalf("%q is taken", typed)
			}
		}
		refused++
	}
	if refused < 3_000 {
		t.Errorf("only %d common passwords are known", refused)
	}
	for _, p := range append(guessedFirst(), "Jennifer", "basketball", "mountain", "ann@example.org", "AAAAAAAAA", "98765432", "short", "семь зн", "🪜🪜🪜🪜🪜🪜🪝") {
		if checkPassword(p, "ann@example.org") == "" {
			t.Errorf("%q is taken", p)
		}
	}
	for _, p := range []string{"a ladder has rungs", "Leiter mit Sprossen", "correct horse battery", "восемь з"} {
		if why := checkPassword(p, "ann@example.org"); why != "" {
			t.Errorf("%q %s", p, why)
		}
	}
}
