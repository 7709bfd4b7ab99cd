package tasks

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var rewriteDue = flag.Bool("rewrite-due", false, "write testdata/due.json anew")

// goldenDays names, for each zone, days on which or next to which its clocks change. The web app's tests read what comes
// of them too.
var goldenDays = []struct {
	zone string
	days []string
}{
	{"Europe/Berlin", []string{"2026-03-28", "2026-03-29", "2026-10-25", "2026-12-24"}},
	{"America/New_York", []string{"2026-03-07", "2026-03-08", "2026-11-01"}},
	{"America/Santiago", []string{"2026-04-04", "2026-04-05", "2026-09-05", "2026-09-06"}},
	{"America/Havana", []string{"2026-03-07", "2026-03-08", "2026-11-01"}},
	{"America/Asuncion", []string{"2011-10-01", "2011-10-02", "2011-04-10"}},
	{"Africa/Cairo", []string{"2026-04-23", "2026-04-24", "2026-10-29", "2026-10-30"}},
	{"Africa/Casablanca", []string{"2011-04-02", "2011-04-03", "2011-07-31"}},
	{"Asia/Beirut", []string{"2026-03-28", "2026-03-29", "2026-10-24"}},
	{"Pacific/Apia", []string{"2011-12-29", "2011-12-30", "2011-12-31"}}, // there was no 30th
	{"Asia/Kathmandu", []string{"2026-01-01"}},
	{"Australia/Lord_Howe", []string{"2026-04-05", "2026-10-04"}}, // by half an hour
	{"UTC", []string{"2026-02-28", "2028-02-29"}},
}

var goldenTimes = []string{"", "00:00", "00:30", "01:45", "02:30", "17:00", "23:59"}

func TestDueDatesAndBoundsAreThoseOfTheSharedFile(t *testing.T) {
	got := strings.TrimSpace(dueGolden(t)) + "\n"
	const file = "testdata/due.json"
	if *rewriteDue {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("testdata/due.json says other than the code:\n%s", got)
	}
}

// dueGolden writes one case a line: [zone, date, time or null, past from], and [zone, date, at, wall].
func dueGolden(t *testing.T) string {
	var due, bounds []string
	for _, g := range goldenDays {
		loc, err := time.LoadLocation(g.zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range g.days {
			for _, clock := range goldenTimes {
				w := When{Date: day, TimeZone: &g.zone}
				if clock != "" {
					w.Time = &clock
				}
				ms, _ := w.instant()
				due = append(due, line(t, g.zone, day, w.Time, millis(ms)))
			}
			ms, wall, err := bound(day, loc)
			if err != nil {
				t.Fatal(err)
			}
			bounds = append(bounds, line(t, g.zone, day, millis(ms), millis(wall)))
		}
	}
	return fmt.Sprintf("{\n  \"due\": [\n%s\n  ],\n  \"bounds\": [\n%s\n  ]\n}", strings.Join(due, ",\n"), strings.Join(bounds, ",\n"))
}

func line(t *testing.T, values ...any) string {
	b, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return "    " + string(b)
}

func millis(ms int64) string {
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

func TestATimeStaysOnItsDayWhereMidnightIsSkipped(t *testing.T) {
	for _, test := range []struct{ zone, date, time, want string }{
		{"America/Santiago", "2026-09-06", "17:00", "2026-09-06T20:00:00.000Z"},
		{"America/Havana", "2026-03-08", "17:00", "2026-03-08T21:00:00.000Z"},
		{"Asia/Beirut", "2026-03-29", "17:00", "2026-03-29T14:00:00.000Z"},
		{"Africa/Cairo", "2026-04-24", "17:00", "2026-04-24T14:00:00.000Z"},
		{"Africa/Cairo", "2026-04-24", "", "2026-04-24T20:59:59.999Z"},
		{"America/Santiago", "2026-09-06", "", "2026-09-07T02:59:59.999Z"},
	} {
		w := When{Date: test.date, TimeZone: &test.zone}
		if test.time != "" {
			w.Time = &test.time
		}
		if ms, _ := w.instant(); millis(ms) != test.want {
			t.Errorf("%s %s in %s is past from %s, want %s", test.date, test.time, test.zone, millis(ms), test.want)
		}
	}
}

func TestADayBeginsAtMidnightForWhatFloats(t *testing.T) {
	loc, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	// its clocks skip this midnight
	if _, wall, err := bound("2026-09-06", loc); err != nil || millis(wall) != "2026-09-06T00:00:00.000Z" {
		t.Errorf("2026-09-06 begins at %s, %v", millis(wall), err)
	}
}
