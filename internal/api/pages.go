package api

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/maypok86/otter/v2"

	"github.com/rung-app/rung/internal/tasks"
)

// caching says for whom a route's page is the same.
type caching int

const (
	cacheNone caching = iota
	cacheAudience
	cacheDay
	cacheUser
)

// pages keeps encoded answers. A page is known by the point of the history that it is of, and by everything else that it
// depends on; so it is never wrong, only no longer asked for, and the bound on bytes removes it in time.
type pages struct {
	kept    *otter.Cache[pageKey, *page]
	mu      sync.Mutex
	filling map[pageKey]*filling
}

// filling is a page that somebody is making.
type filling struct {
	ready chan struct{} // closed when it is made
	page  *page         // then; nil if it is of no use to others
}

// pageKey is all that an answer depends on. role, user, zone and day are set only if it does.
type pageKey struct {
	ws       uuid.UUID
	epoch    string
	seq      int64
	audience string
	role     string
	user     uuid.UUID
	zone     string
	day      int64
	path     string
	query    string
}

// maxQuery is how long a query may be for its page to be kept.
const maxQuery = 1_000

// pageOverhead is about what a page costs in memory besides its body, a fifth of which is allowed for its compressed form.
const pageOverhead = 600

func newPages(bytes int64) *pages {
	if bytes <= 0 {
		return nil
	}
	return &pages{
		filling: map[pageKey]*filling{},
		kept: otter.Must(&otter.Options[pageKey, *page]{
			MaximumWeight: uint64(bytes),
			Weigher: func(k pageKey, p *page) uint32 {
				return uint32(min(len(p.body)+len(p.body)/5+len(k.path)+len(k.query)+pageOverhead, 1<<31))
			},
		}),
	}
}

// serve answers from what is kept, or runs the handler and keeps what it answers; one request fills, the others of the
// same page wait for it. It reports false if the request is none of the cache's business.
func (ps *pages) serve(a *API, w http.ResponseWriter, r *http.Request, c *Call, run func(http.ResponseWriter, *http.Request, *Call)) bool {
	if ps == nil || len(r.URL.RawQuery) > maxQuery {
		return false
	}
	k := pageKey{
		ws: c.Workspace, epoch: c.Epoch, seq: c.Seq, audience: c.Audience, path: r.URL.Path, query: r.URL.RawQuery,
	}
	personal := c.Route.cache == cacheUser || c.Route.cache == cacheAudience && isPersonal(r.URL.RawQuery)
	if personal {
		k.role, k.user = c.Role, c.Identity.User
	}
	if personal || c.Route.cache == cacheDay {
		_, zone, err := a.People.Person(r.Context(), c.Identity.User)
		if err != nil {
			return false
		}
		k.zone, k.day = zone.String(), dayIn(zoneOf(r.URL.RawQuery, zone), c.now)
	}
	if p, ok := ps.kept.GetIfPresent(k); ok {
		p.write(w, r)
		return true
	}
	f, mine := ps.begin(k)
	if mine {
		ps.fill(w, r, c, k, f, run).write(w, r) // the others do not wait for this client to take it
		return true
	}
	select {
	case <-f.ready:
		if f.page != nil {
			f.page.write(w, r)
			return true
		}
	case <-r.Context().Done():
	}
	return false // each asks for herself
}

// begin gives the page that is being made, and whether it is up to the caller to make it.
func (ps *pages) begin(k pageKey) (f *filling, mine bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if f, ok := ps.filling[k]; ok {
		return f, false
	}
	f = &filling{ready: make(chan struct{})}
	ps.filling[k] = f
	return f, true
}

func (ps *pages) end(k pageKey, f *filling) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	delete(ps.filling, k)
	close(f.ready)
}

// answered is a page, or what a handler refused with.
type answered interface {
	write(w http.ResponseWriter, r *http.Request)
}

// fill runs the handler and keeps its answer if it is of the very point of the history and for the very audience that was
// asked for. Another one is answered and not kept.
func (ps *pages) fill(w http.ResponseWriter, r *http.Request, c *Call, k pageKey, f *filling, run func(http.ResponseWriter, *http.Request, *Call)) answered {
	defer ps.end(k, f)
	if p, ok := ps.kept.GetIfPresent(k); ok { // somebody did it between looking and asking
		f.page = p
		return p
	}
	rec := &recorder{header: w.Header(), status: http.StatusOK}
	run(rec, r, c)
	if rec.status != http.StatusOK {
		return rec
	}
	p := newPage(rec.body, rec.header)
	if c.Epoch == k.epoch && c.Seq == k.seq && c.as == (tasks.As{Role: c.Role, Audience: k.audience}) {
		f.page = p
		ps.kept.Set(k, p) // which may let go of it at once
	}
	return p
}

// zoneOf is the time zone that a query names, if it names one.
func zoneOf(query string, otherwise *time.Location) *time.Location {
	if query == "" {
		return otherwise
	}
	values, _ := url.ParseQuery(query)
	if zone, err := time.LoadLocation(values.Get("tz")); err == nil && values.Get("tz") != "" {
		return zone
	}
	return otherwise // which the handler refuses
}

// dayIn numbers the days of a zone.
func dayIn(zone *time.Location, t time.Time) int64 {
	_, offset := t.In(zone).Zone()
	return (t.Unix() + int64(offset)) / (24 * 60 * 60)
}

// isPersonal reports whether the answer to a query may depend on who asks, or on her day and time zone. It may answer
// yes too often and never too seldom.
func isPersonal(query string) bool {
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "project", "status", "category", "label", "priority", "parent", "completed", "external", "limit", "cursor", "sort", "fields", "q":
		case "assignee":
			if strings.Contains(value, "me") || strings.ContainsAny(value, "%+") {
				return true
			}
		case "group_by":
			if value != "status" && value != "assignee" && value != "priority" && value != "label" {
				return true
			}
		default:
			return true
		}
	}
	return false
}
