package auth

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn/frequency"
	"golang.org/x/text/unicode/norm"
)

// Lengths of a password: at least so many characters, at most so many bytes, which is room for 64 of the longest.
const (
	minPassword = 8   // characters
	maxPassword = 256 // bytes
)

// canonical is the form of a password that is hashed: the same characters typed on another machine are the same bytes.
func canonical(password string) string { return norm.NFC.String(password) }

// checkPassword says what is wrong with a new password, "" if nothing is. NIST SP 800-63B: length, and not what
// everybody tries first; no rules about digits and signs.
func checkPassword(password, email string) (why string) {
	p := canonical(password)
	switch {
	case !utf8.ValidString(password):
		return "must be text"
	case utf8.RuneCountInString(p) < minPassword:
		return "must have at least 8 characters"
	case len(p) > maxPassword:
		return "can have at most 256 bytes"
	}
	low := strings.ToLower(p)
	local, _, _ := strings.Cut(email, "@")
	if low == email || low == local || monotone(low) || common(low) || slices.Contains(guessedFirst(), low) {
		return "is one of those that are guessed first"
	}
	return ""
}

// monotone reports whether s is one character over and over, or a run such as 23456789.
func monotone(s string) bool {
	same, up, down := true, true, true
	for i := 1; i < len(s); i++ {
		same = same && s[i] == s[i-1]
		up = up && s[i] == s[i-1]+1
		down = down && s[i] == s[i-1]-1
	}
	return same || up || down
}

// common reports whether a password in lower case is among those that people choose most: in the lists of zxcvbn, where
// each stands in the one in which it is most frequent, of passwords that became known, of words and of names. It takes
// microseconds, and hashing takes milliseconds.
func common(low string) bool {
	for _, list := range frequency.FrequencyLists {
		if slices.Contains(list, low) {
			return true
		}
	}
	return false
}

// guessedFirst are some that those lists, which are some years old, do not have, and what is tried first where Rung runs.
func guessedFirst() []string {
	return []string{
		"p@ssword", "password1!", "0123456789", "123123123", "12341234", "qwertz123", "welcome2024",
		"welcome2025", "welcome2026", "letmein123", "changeme123", "administrator", "admin1234", "adminadmin",
		"root1234", "toor1234", "testtest", "guest123", "user1234", "demo1234", "rungrung", "taskmanager", "summer2024",
		"summer2025", "summer2026", "winter2024", "winter2025", "winter2026", "password2024", "password2025", "password2026",
		"correcthorsebatterystaple",
	}
}
