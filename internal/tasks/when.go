package tasks

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// When is a day, perhaps with a time, perhaps in a time zone. Without a zone it floats: it means that wall clock
// wherever it is read.
type When struct {
	Date     string  `json:"date" format:"date" doc:"2026-12-24"`
	Time     *string `json:"time" doc:"17:00; null means all day."`
	TimeZone *string `json:"time_zone" doc:"An IANA name such as Europe/Berlin; null floats."`
}

// UnmarshalJSON also takes a bare "2026-12-24".
func (w *When) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*w = When{}
		return json.Unmarshal(b, &w.Date)
	}
	type plain When
	return json.Unmarshal(b, (*plain)(w))
}

// check says what is wrong with it, naming the fields below path.
func (w *When) check(path string) []fault.Field {
	if w == nil {
		return nil
	}
	var bad []fault.Field
	if d, err := time.Parse(time.DateOnly, w.Date); err != nil || d.Year() < 2 || d.Year() > 9998 { // so that it is a year of four digits in every zone
		bad = append(bad, fault.Field{Field: path + ".date", Message: "must be a day such as 2026-12-24"})
	}
	if w.Time != nil {
		if _, err := time.Parse("15:04", *w.Time); err != nil || len(*w.Time) != 5 {
			bad = append(bad, fault.Field{Field: path + ".time", Message: "must be a time such as 17:00"})
		}
	}
	if w.TimeZone != nil {
		if _, err := zone(*w.TimeZone); err != nil {
			bad = append(bad, fault.Field{Field: path + ".time_zone", Message: "must be an IANA time zone such as Europe/Berlin"})
		}
	}
	return bad
}

// instant gives the moment from which on it is past, in Unix milliseconds: a time's own, and the last millisecond of a
// day. A floating one is read as if in UTC.
func (w *When) instant() (ms int64, floating bool) {
	loc := time.UTC
	if w.TimeZone != nil {
		if l, err := zone(*w.TimeZone); err == nil {
			loc = l
		}
	}
	d, err := time.Parse(time.DateOnly, w.Date)
	if err != nil {
		return NoDue, false
	}
	if w.Time == nil {
		return inZone(d.AddDate(0, 0, 1), loc).UnixMilli() - 1, w.TimeZone == nil
	}
	c, err := time.Parse("15:04", *w.Time)
	if err != nil {
		return NoDue, false
	}
	at := d.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute)
	return inZone(at, loc).UnixMilli(), w.TimeZone == nil
}

// inZone gives the moment at which a clock in loc shows what wall, which is in UTC, says. What the clock jumps over, or
// shows twice, is what time.Date makes of it; the web app computes the same.
func inZone(wall time.Time, loc *time.Location) time.Time {
	y, m, d := wall.Date()
	return time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), loc)
}

// zone loads an IANA zone; the machine's own "Local" is not one.
func zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" || len(name) > 64 {
		return nil, fmt.Errorf("not a time zone")
	}
	return time.LoadLocation(name)
}

// maxDaysAway is how far from today a day can be that is told by its distance.
const maxDaysAway = 10_000

// dayMeant gives the day that "today", "today+7" or "today-30" means. What is none of these stays as it is.
func dayMeant(s string, now time.Time) string {
	rest, ok := strings.CutPrefix(s, "today")
	if !ok {
		return s
	}
	days := 0
	if rest != "" {
		var err error
		if days, err = strconv.Atoi(rest); err != nil || rest[0] != '+' && rest[0] != '-' || days < -maxDaysAway || days > maxDaysAway {
			return s
		}
	}
	return time.Date(now.Year(), now.Month(), now.Day()+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// bound reads one end of a range: a day in loc, or an instant. It gives the instant and, for due dates that float, the
// same wall clock read as UTC.
func bound(s string, loc *time.Location) (ms, wall int64, err error) {
	if d, e := time.Parse(time.DateOnly, s); e == nil {
		return inZone(d, loc).UnixMilli(), d.UnixMilli(), nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return 0, 0, fmt.Errorf("must be a day such as 2026-12-24, one such as today or today+7, or a time as RFC 3339 writes it")
	}
	return t.UnixMilli(), inZone(t.In(loc), time.UTC).UnixMilli(), nil
}
