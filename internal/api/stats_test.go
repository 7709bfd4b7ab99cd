package api

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestStats(t *testing.T) {
	b := newBoard(t)
	open, id := b.project(`{"name":"Open"}`)
	secret, hidden := b.project(`{"name":"Secret","access":"private"}`)
	b.task(id, "one")
	path, _ := b.task(id, "two")
	b.task(hidden, "three")
	done := b.do("ann", "GET", open+"/statuses", "", 200).text("items.3.id")
	b.do("ann", "PATCH", path, `{"status":"`+done+`"}`, 200)

	all := b.do("ann", "GET", "/stats", "", 200)
	expect(t, "total", all.at("total"), 3)
	expect(t, "categories", all.text("by_category"), "map[backlog:0 canceled:0 doing:0 done:1 todo:2]")
	expect(t, "statuses in use", all.all("by_status", "count"), "1 1 1")
	expect(t, "of a project all are there", b.do("ann", "GET", "/stats?project="+id, "", 200).all("by_status", "count"), "0 1 0 1")
	expect(t, "of two", b.do("ann", "GET", "/stats?project="+id+","+hidden, "", 200).at("total"), 3)
	expect(t, "assignees", all.all("by_assignee", "assignee"), "<nil>")
	expect(t, "a member's", b.do("bob", "GET", "/stats", "", 200).at("total"), 2)
	expect(t, "a guest's", b.do("gus", "GET", "/stats", "", 200).at("total"), 0)
	expect(t, "a guest's", b.do("gus", "GET", "/stats", "", 200).text("by_status"), "[]")
	expect(t, "days", b.do("ann", "GET", "/stats?since=2026-02-27&until=2026-03-01", "", 200).all("days", "date"), "2026-02-27 2026-02-28 2026-03-01")

	missing := b.do("bob", "GET", "/stats?project="+uuid.NewString(), "", 404)
	private := b.do("bob", "GET", "/stats?project="+hidden, "", 404)
	delete(private.members, "request_id")
	delete(missing.members, "request_id")
	expect(t, "the refusal", private.members, missing.members)
	b.do("eve", "GET", "/stats", "", 404)
	b.do("", "GET", "/stats", "", 401)
	for query, field := range map[string]string{
		"days=0": "days", "days=367": "days", "since=x": "since", "until=2026-13-01": "until", "project=x": "project", "tz=Mars": "tz",
		"days=3&since=2026-03-01": "days", "since=2026-03-02&until=2026-03-01": "since", "group_by=status": "group_by",
	} {
		if got := b.do("ann", "GET", "/stats?"+query, "", 422).text("errors.0.field"); !strings.HasPrefix(got, field) {
			t.Errorf("%s: the refusal names %s", query, got)
		}
	}
	b.do("ann", "PATCH", secret, `{"archived":true}`, 200)
	expect(t, "without what is archived", b.do("ann", "GET", "/stats", "", 200).at("total"), 2)
}

// TestStatsAreKeptForADay lets a day pass, in one zone and in another, and nobody do anything.
func TestStatsAreKeptForADay(t *testing.T) {
	b := newBoard(t)
	b.project(`{"name":"Open"}`)
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // 23 o'clock in Kiritimati
	day := func(query string) string {
		t.Helper()
		got := b.do("ann", "GET", "/stats"+query, "", 200)
		tag := got.header.Get("ETag")
		b.do("bob", "GET", "/stats"+query, "", 304, "If-None-Match", tag) // who sees the same has the same page
		return got.text("until")
	}
	for _, query := range []string{"", "?tz=Pacific/Kiritimati", "?days=3", "?t%7A=Pacific/Kiritimati"} {
		b.at(nine)
		first := day(query)
		b.at(nine.Add(2 * time.Hour))
		if second := day(query); (second != first) != strings.Contains(query, "Kiritimati") {
			t.Errorf("%q: until %s and two hours later until %s", query, first, second)
		}
	}
}
