package auth

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lengths of a password: at least so many characters, at most so many bytes, which is room for 64 of the longest.
const (
	minPassword = 8
	maxPassword = 256
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
	if low == email || low == local || monotone(low) || slices.Contains(guessedFirst(), low) {
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

// guessedFirst are the long enough ones among the passwords that people choose most; shorter ones are refused anyway.
func guessedFirst() []string {
	return []string{
		"password", "password1", "password12", "password123", "password1234", "passw0rd", "p@ssw0rd", "p@ssword",
		"password!", "password1!", "1234567890", "0123456789", "12345678910", "123123123", "12341234", "11223344", "1q2w3e4r",
		"1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc", "qwertyuiop", "qwertyui", "qwerty123", "qwerty12", "qwerty1234",
		"qwerty12345", "qwertz123", "qwertzuiop", "azertyuiop", "asdfghjkl", "asdfasdf", "asdf1234", "zxcvbnm1", "zxcvbnm123",
		"iloveyou", "iloveyou1", "ilovemyself", "sunshine", "sunshine1", "princess", "princess1", "football", "football1",
		"baseball", "baseball1", "basketball", "superman", "superman1", "batman123", "starwars", "pokemon123", "trustno1",
		"welcome1", "welcome123", "welcome2024", "welcome2025", "welcome2026", "letmein1", "letmein123", "changeme",
		"changeme1", "changeme123", "changeit", "default1", "secret123", "topsecret", "master123", "mustang1", "michael1",
		"jennifer", "jordan23", "computer", "internet", "samsung1", "whatever", "charlie1", "shadow123", "dragon123",
		"monkey123", "abcd1234", "abc12345", "abc123456", "a1b2c3d4", "aa123456", "a1234567", "administrator", "admin123",
		"admin1234", "adminadmin", "root1234", "toor1234", "test1234", "testtest", "testing123", "guest123", "user1234",
		"demo1234", "rungrung", "taskmanager", "summer2024", "summer2025", "summer2026", "winter2024", "winter2025",
		"winter2026", "hunter22", "q1w2e3r4", "zaq12wsx", "password2024", "password2025", "password2026",
		"correcthorsebatterystaple",
	}
}
