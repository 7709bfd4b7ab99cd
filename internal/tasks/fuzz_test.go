package tasks

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/text"
)

// FuzzCursor: a cursor that is taken is the only spelling of its place, and no list takes another's.
func FuzzCursor(f *testing.F) {
	for _, p := range []Position{{}, {Text: "a", Number: -1, ID: uuid.Max}, {Number: math.MaxInt64, Text: "é"}} {
		f.Add("tasks position", cursor("tasks position", p))
	}
	f.Add("", "AA")
	f.Add("x", "e30")
	f.Fuzz(func(t *testing.T, kind, s string) {
		if strings.Contains(kind, "\x00") {
			return
		}
		p, err := parseCursor(kind, s)
		if err != nil || p == nil {
			if err != nil && fault.KindOf(err) != fault.KindInvalid {
				t.Fatal(err)
			}
			return
		}
		if again := cursor(kind, *p); again != s {
			t.Errorf("%q is read and written as %q", s, again)
		}
		if other, _ := parseCursor(kind+"2", s); other != nil {
			t.Errorf("another list takes %q", s)
		}
	})
}

// FuzzFilter: a tree of conditions is refused as the client's mistake or becomes a condition within bounds.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"field":"title","op":"contains","value":"a"}`, `{"all":[{"field":"due","op":"before","value":"2026-01-01"},{"not":{"field":"assignee","op":"in","value":["me","none"]}}]}`,
		`{"any":[{"field":"priority","op":"in","value":[0,4]},{"field":"completed","op":"eq","value":true}]}`, `{"field":"external","op":"eq","value":"a:b"}`,
		`{"field":"created","op":"after","value":"2026-01-01T00:00:00+23:59"}`, `{"field":"category","op":"eq","value":"todo"}`, `{"field":"parent","op":"is_set"}`,
	} {
		f.Add([]byte(s), "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, b []byte, zone string) {
		var filter Filter
		if text.CheckJSON(b, 64, true) != nil || json.Unmarshal(b, &filter) != nil {
			return
		}
		loc, err := time.LoadLocation(zone)
		if err != nil {
			loc = time.UTC
		}
		budget := maxConditions
		if filter.check("filter", 0, &budget) != nil {
			return
		}
		access := (&frame{members: map[member]*Access{}, projects: map[uuid.UUID]*Project{}, statuses: map[uuid.UUID]*Project{}}).of(uuid.Max, RoleOwner)
		w, err := (compiler{access: access, loc: loc}).where(filter, "filter")
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid && !errors.As(err, new(refused)) {
				t.Fatalf("%s: %v", b, err)
			}
			return
		}
		if n := leaves(w); n > 4*maxConditions {
			t.Errorf("%d conditions of %s", n, b)
		}
	})
}

func leaves(w Where) int {
	n := 0
	if w.Field != "" {
		n++
	}
	for _, list := range [][]Where{w.All, w.Any} {
		for _, o := range list {
			n += leaves(o)
		}
	}
	if w.Not != nil {
		n += leaves(*w.Not)
	}
	return n
}

// FuzzDates: a due date or a rule that is taken is one that can be reckoned with, and keeps its spelling.
func FuzzDates(f *testing.F) {
	f.Add(`"2026-12-24"`, "FREQ=WEEKLY;BYDAY=MO", "2026-01-01")
	f.Add(`{"date":"2026-03-29","time":"02:30","time_zone":"Europe/Berlin"}`, "FREQ=SECONDLY;INTERVAL=0", "2026-01-01T00:00:00Z")
	f.Add(`{"date":"0001-01-01","time":"00:00","time_zone":"Pacific/Apia"}`, "FREQ=YEARLY;UNTIL=99991231T235959Z;BYSETPOS=-366;BYYEARDAY=366", "9999-12-31T23:59:59.999999999-23:59")
	f.Add(`{"date":"9998-12-31","time":null,"time_zone":"Etc/GMT+12"}`, "RRULE:FREQ=DAILY;COUNT=99999999999", "-0001-01-01")
	f.Fuzz(func(t *testing.T, when, rule, at string) {
		var w *When
		task := &Task{Title: "a", Recurrence: &Recurrence{RRule: rule, Basis: "due"}}
		if json.Unmarshal([]byte(when), &w) == nil {
			task.Due = w
		}
		bad := map[string]bool{}
		for _, b := range checkFields(task, "") {
			bad[strings.SplitN(b.Field, ".", 2)[0]] = true
		}
		if w != nil && !bad[fDue] {
			if ms, _ := w.instant(); ms == NoDue || At(ms).String() == "" || len(At(ms).String()) != len("2026-01-01T00:00:00.000Z") {
				t.Errorf("%s is taken and is %d, %s", when, ms, At(ms))
			}
		}
		if !bad[fRecurrence] && text.Line(rule) != "" {
			t.Errorf("the rule %q is taken", rule)
		}
		if ms, _, err := bound(at, time.UTC); err == nil && (ms < -1<<53 || ms > 1<<53) {
			t.Errorf("%q is %d", at, ms)
		}
		var instant Time
		if b, err := json.Marshal(at); err == nil && instant.UnmarshalJSON(b) == nil {
			again, err := instant.MarshalJSON()
			var back Time
			if err != nil || back.UnmarshalJSON(again) != nil || back != instant {
				t.Errorf("%q is written %s and read as %s", at, again, back)
			}
		}
	})
}

// FuzzPosition: a position that is read is written as it was, and there is always one between two or it is said that not.
func FuzzPosition(f *testing.F) {
	f.Add("4000000000000", "4000004000000")
	f.Add("0000000000001", "0000000000002")
	f.Add("", "zzzzzzzzzzzzz")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, err := parsePos(a)
		if err != nil {
			return
		}
		if formatPos(x) != a {
			t.Errorf("%q is written %q", a, formatPos(x))
		}
		y, err := parsePos(b)
		if err != nil || x >= y {
			return
		}
		if (a < b) != (x < y) {
			t.Errorf("%q and %q sort otherwise as texts", a, b)
		}
		if n, ok := between(x, y); ok && (n <= x || n >= y) {
			t.Errorf("%d is not between %d and %d", n, x, y)
		}
	})
}

// FuzzFileName: whatever a file is called, its name is safe to be shown and saved under, and making it safe again changes
// nothing.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{
		"", ".", "..", "a.txt", `..\..\etc/passwd`, "C:\\a b.png ", "Gr\u0075\u0308ße.png", "a\u202egpj.exe", "a\r\nSet-Cookie: x.txt", "\xff\x00", "a\u2028b",
		strings.Repeat("é", 200) + ".tar.gz", strings.Repeat("a", 300), "." + strings.Repeat("b", 300), "👩\u200d💻.md", "\u200d.\u200c", "a. . .", strings.Repeat("\u0344", 90),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := fileName(s)
		if name == "" || name == "." || name == ".." || len(name) > maxFileName || !utf8.ValidString(name) || !norm.NFC.IsNormalString(name) {
			t.Errorf("%q is called %q", s, name)
		}
		if strings.ContainsAny(name, "/\\\u2028\u2029\ufffd") || strings.TrimSpace(name) != name || strings.HasSuffix(name, ".") {
			t.Errorf("%q is called %q", s, name)
		}
		for _, r := range name {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%q is called %q, with %U", s, name, r)
			}
		}
		if again := fileName(name); again != name {
			t.Errorf("%q is called %q, and that %q", s, name, again)
		}
	})
}

// FuzzTicket: an address says what it said when it was signed, until it runs out; nothing else is one.
func FuzzTicket(f *testing.F) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	now := time.Unix(1_800_000_000, 0)
	id := uuid.Max
	signed := ticket{id, id, id, now.Unix() + 60, true}.sign(secret)
	f.Add(signed, []byte{0}, int64(60), true)
	f.Add(signed+"=", bytes.Repeat([]byte{7}, 48), int64(0), false)
	f.Add(signed[:len(signed)-1], []byte{}, int64(math.MinInt64), true)
	f.Add("", []byte{}, int64(math.MaxInt64), false)
	f.Fuzz(func(t *testing.T, s string, ids []byte, left int64, inline bool) {
		if got, ok := readTicket(secret, s, now); ok && (got.sign(secret) != s || s != signed) {
			t.Errorf("%q is taken for %+v", s, got)
		}
		var made ticket
		copy(made.ws[:], ids)
		copy(made.attachment[:], ids[min(16, len(ids)):])
		copy(made.user[:], ids[min(32, len(ids)):])
		made.expires, made.inline = now.Unix()+left, inline
		token := made.sign(secret)
		got, ok := readTicket(secret, token, now)
		if got != made || ok != (made.expires > now.Unix()) {
			t.Errorf("%+v is read as %+v, %t", made, got, ok)
		}
		if _, ok := readTicket([]byte("another secret"), token, now); ok {
			t.Error("a ticket is taken that was signed elsewhere")
		}
		b := []byte(token)
		b[len(s)%len(b)] ^= 1
		if _, ok := readTicket(secret, string(b), now); ok {
			t.Errorf("%q is taken, and signed was %q", b, token)
		}
	})
}
