// Package audittest is what every log of audit entries must show before it is one.
package audittest

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// Run tests an empty log.
func Run(t *testing.T, log audit.Log) {
	ctx := t.Context()
	ann, bob, ws := uuid.New(), uuid.New(), uuid.New()
	start := time.Now().UTC().Truncate(time.Millisecond)
	by := func(user uuid.UUID) context.Context {
		return audit.With(ctx, audit.Origin{
			By: audit.ByUser, User: user, Address: netip.MustParseAddr("192.0.2.1"), Agent: "Browser\r\n" + strings.Repeat("x", 500), Request: "r1",
		})
	}
	at := func(i int) time.Time { return start.Add(time.Duration(i) * time.Minute) }
	entries := []audit.Entry{
		audit.New(by(ann), at(0), audit.SignedIn, ann, "session", "s1"),
		audit.New(by(ann), at(1), audit.MemberRemoved, bob).In(ws),
		audit.New(ctx, at(2), audit.SignInFailed, bob, "reason", strings.Repeat("y", 500)),
		audit.New(by(bob), at(3), audit.SignedIn, bob),
		audit.New(ctx, at(4), audit.WorkspaceDeleted, ws).In(ws),
	}
	for i := range entries { // the ids are of their time, as they are when time passes
		id := audit.FirstID(at(i))
		copy(entries[i].ID[:6], id[:6])
	}
	entries[2].Address = "192.0.2.9"
	if err := log.Record(ctx, entries...); err != nil {
		t.Fatal(err)
	}
	find := func(q audit.Query) []audit.Entry {
		t.Helper()
		if q.Limit == 0 {
			q.Limit = 10
		}
		found, err := log.Entries(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	expect := func(what string, q audit.Query, want ...int) {
		t.Helper()
		var all []audit.Entry
		for _, i := range want {
			all = append(all, entries[i])
		}
		if diff := cmp.Diff(all, find(q)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	if a := entries[0].Agent; len(a) != 200 || strings.ContainsAny(a, "\r\n") || len(entries[2].Detail["reason"]) != 200 {
		t.Errorf("what a stranger sent is kept as %q", a)
	}
	expect("all", audit.Query{}, 4, 3, 2, 1, 0)
	expect("a page", audit.Query{Limit: 2}, 4, 3)
	expect("the next", audit.Query{Limit: 2, Before: entries[3].ID}, 2, 1)
	expect("by ann", audit.Query{Actor: ann}, 1, 0)
	expect("done to bob", audit.Query{Subject: bob}, 3, 2, 1)
	expect("of the workspace", audit.Query{Workspace: ws}, 4, 1)
	expect("sign-ins", audit.Query{Action: audit.SignedIn}, 3, 0)
	expect("sign-ins of bob", audit.Query{Action: audit.SignedIn, Subject: bob}, 3)
	expect("from a time", audit.Query{Since: at(3)}, 4, 3)
	expect("until a time", audit.Query{Until: at(2)}, 1, 0)

	if n, err := log.Blank(ctx, bob, 1); err != nil || n == 0 {
		t.Fatalf("%d were blanked, %v", n, err)
	}
	for n := 1; n > 0; {
		var err error
		if n, err = log.Blank(ctx, bob, 1); err != nil {
			t.Fatal(err)
		}
	}
	entries[2].Address, entries[3].Address, entries[3].Agent = "", "", ""
	expect("what bob did and what strangers did to him have no origin; what ann did has", audit.Query{}, 4, 3, 2, 1, 0)

	for _, c := range []struct {
		before time.Time
		limit  int
		want   int
	}{{at(0), 10, 0}, {at(3), 2, 2}, {at(3), 10, 1}, {at(3), 10, 0}} {
		if n, err := log.Trim(ctx, c.before, c.limit); err != nil || n != c.want {
			t.Errorf("%d were trimmed, %v; want %d", n, err, c.want)
		}
	}
	expect("what is left", audit.Query{}, 4, 3)
}
