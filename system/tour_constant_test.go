package system

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// examples writes what was recorded with ids, times and secrets that are the same in every run.
func (r *recorder) examples(t *testing.T) []byte {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	b, err := json.MarshalIndent(map[string]any{"operations": r.operated, "problems": r.problems}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	out := append(constant(b, time.Now()), '\n')
	if !json.Valid(out) {
		t.Fatalf("the examples are no JSON any more: %s", out)
	}
	return out
}

// constant replaces what is different in every run.
func constant(b []byte, now time.Time) []byte {
	b = bytes.ReplaceAll(b, []byte(`\u0026`), []byte(`&`))
	for _, secret := range []struct{ pattern, by string }{
		{`eyJ[\w-]+\.[\w-]+\.[\w-]+`, "eyJhbGciOiJFZERTQSIsImtpZCI6Ij….eyJzdWIiOiI….…"},
		{`rung_(pat|inv|link|setup)_[\w-]+`, "rung_${1}_…"},
		{`http://127\.0\.0\.1:\d+`, "https://rung.example.com"},
		{`("(?:request_id|x|kid)": )"[^"]+"`, `${1}"4f3c2b1a"`},
		{`(\\"request_id\\":)\\"\w+\\"`, `${1}\"4f3c2b1a\"`},
		{`([" ])[0-9a-f]{8}-(\d+["\\])`, `${1}7c1d9b04-${2}`},
		{`(\\"epoch\\":)\\"\w+\\"`, `${1}\"7c1d9b04\"`},
		{`("state": "(?:running|undoing)",\s+"progress": \{\s+"done": )\d+`, "${1}0"},
		{`("setup": )"[^"]+"`, `${1}"…"`},
		{`(/files/)[\w-]+`, "${1}…"},
		{`("version": )"[^"]+"`, `${1}"1.4.0"`},
		{`("uptime": )\d+`, "${1}4711"},
		{`("database": )\d{4,}`, "${1}1064960"},
		{`("free": )\d+`, "${1}48318382080"},
		{`("disk": \{[^}]*"size": )\d+`, "${1}64424509440"},
		{`("next_cursor": )"[^"]+"`, `${1}"eyJhZnRlciI…"`},
		{`("token": )"[^"r][^"]+"`, `${1}"…"`},
	} {
		b = regexp.MustCompile(secret.pattern).ReplaceAll(b, []byte(secret.by))
	}
	b = constantTimes(b, now)
	return constantIDs(b)
}

// constantIDs numbers ids, and the epochs of histories, in the order in which they come up.
func constantIDs(b []byte) []byte {
	known := map[string]string{}
	return regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`).ReplaceAllFunc(b, func(id []byte) []byte {
		if known[string(id)] == "" {
			known[string(id)] = fmt.Sprintf("01940000-0000-7000-8000-%012d", len(known)+1)
		}
		return []byte(known[string(id)])
	})
}

// constantTimes moves times and days that have to do with now to one day of long ago, and leaves what was asked for.
func constantTimes(b []byte, now time.Time) []byte {
	base := time.Date(2025, 1, 15, 9, 0, 0, 0, time.UTC)
	moved := func(at time.Time) time.Time { return base.Add(at.Sub(now).Round(time.Hour)) }
	b = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`).ReplaceAllFunc(b, func(text []byte) []byte {
		at, err := time.Parse(time.RFC3339, string(text))
		if err != nil || at.Before(now.Add(-48*time.Hour)) {
			return text
		}
		return []byte(moved(at).Format("2006-01-02T15:04:05.000Z"))
	})
	for days := -2; days <= 2; days++ {
		day := now.UTC().AddDate(0, 0, days).Format(time.DateOnly)
		b = []byte(strings.ReplaceAll(string(b), `"`+day+`"`, `"`+base.AddDate(0, 0, days).Format(time.DateOnly)+`"`))
	}
	return b
}
