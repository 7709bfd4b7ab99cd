package users

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/maypok86/otter/v2"

	"github.com/rung-app/rung/internal/fault"
)

// directory remembers what every request asks: who is a member, whose slug it is, what somebody is called. What this
// process tries to change is forgotten at once, even if it is told that it failed, for the store may have changed it all
// the same; what another one changes, after directoryAge.
type directory struct {
	store   Store
	members *otter.Cache[memberKey, Member] // a stranger has no role
	slugs   *otter.Cache[string, uuid.UUID] // a free slug is Nil
	people  *otter.Cache[uuid.UUID, profile]

	memberLoader otter.Loader[memberKey, Member]
	slugLoader   otter.Loader[string, uuid.UUID]
	personLoader otter.Loader[uuid.UUID, profile]
}

type memberKey struct{ ws, user uuid.UUID }

type profile struct {
	name string
	zone *time.Location
}

// Bounds of the directory: its age is how long a change made by another process may stay unseen. Where there is no other
// process it is looked up again all the same, so that nothing that was missed stays for ever.
const (
	directoryAge   = time.Second
	exclusiveAge   = time.Minute
	directoryItems = 100_000
)

func newDirectory(store Store, exclusive bool, now func() time.Time) *directory {
	age := directoryAge
	if exclusive {
		age = exclusiveAge
	}
	c := cacheClock{now, now()}
	d := &directory{
		store: store, members: newCache[memberKey, Member](age, c), slugs: newCache[string, uuid.UUID](age, c),
		people: newCache[uuid.UUID, profile](age, c),
	}
	d.memberLoader = otter.LoaderFunc[memberKey, Member](d.loadMember)
	d.slugLoader = otter.LoaderFunc[string, uuid.UUID](d.loadSlug)
	d.personLoader = otter.LoaderFunc[uuid.UUID, profile](d.loadPerson)
	return d
}

func newCache[K comparable, V any](age time.Duration, c cacheClock) *otter.Cache[K, V] {
	return otter.Must(&otter.Options[K, V]{
		MaximumSize: directoryItems, ExpiryCalculator: otter.ExpiryWriting[K, V](age), Clock: c,
	})
}

// cacheClock is the service's clock as caches want it.
type cacheClock struct {
	now   func() time.Time
	begun time.Time
}

// NowNano implements otter.Clock.
func (c cacheClock) NowNano() int64 { return int64(c.now().Sub(c.begun)) }

// Tick implements otter.Clock: what is too old is removed every now and then.
func (c cacheClock) Tick(d time.Duration) <-chan time.Time { return time.Tick(d) }

// A load that a forget overtakes is thrown away and done again by the cache.

func (d *directory) forgetMember(ws, user uuid.UUID) { d.members.Invalidate(memberKey{ws, user}) }

func (d *directory) forgetSlug(slug string) { d.slugs.Invalidate(slug) }

func (d *directory) forgetPerson(user uuid.UUID) { d.people.Invalidate(user) }

// Member gives the member; to whoever is none, and of a workspace that does not exist or is deleted, the same NotFound.
// It is cheap enough for every request.
func (s *Service) Member(ctx context.Context, ws, user uuid.UUID) (Member, error) {
	m, err := s.directory.members.Get(ctx, memberKey{ws, user}, s.directory.memberLoader)
	if err != nil {
		return Member{}, err
	}
	if m.Role == "" {
		return Member{}, fault.NotFound()
	}
	return m, nil
}

// loadMember serves everyone who waits for the same key, so the end of one caller's request must not end it.
func (d *directory) loadMember(ctx context.Context, k memberKey) (Member, error) {
	m, err := d.store.Member(context.WithoutCancel(ctx), k.ws, k.user)
	if err != nil || m == nil {
		return Member{}, err
	}
	return *m, nil
}

// ResolveWorkspace turns what stands in an address, an id or a slug, into an id. An id is given back unseen: whether
// there is such a workspace is for Member to say, with the same NotFound.
func (s *Service) ResolveWorkspace(ctx context.Context, slugOrID string) (uuid.UUID, error) {
	if id, err := uuid.Parse(slugOrID); err == nil && len(slugOrID) == 36 {
		return id, nil
	}
	if !slugShape.MatchString(slugOrID) {
		return uuid.Nil, fault.NotFound()
	}
	id, err := s.directory.slugs.Get(ctx, slugOrID, s.directory.slugLoader)
	if err != nil {
		return uuid.Nil, err
	}
	if id == uuid.Nil {
		return uuid.Nil, fault.NotFound()
	}
	return id, nil
}

func (d *directory) loadSlug(ctx context.Context, slug string) (uuid.UUID, error) {
	return d.store.WorkspaceBySlug(context.WithoutCancel(ctx), slug)
}

// Profile gives what most requests need of a person, her name and the time zone in which she reads days. It is cheap
// enough for all of them.
func (s *Service) Profile(ctx context.Context, user uuid.UUID) (name string, zone *time.Location, err error) {
	p, err := s.directory.people.Get(ctx, user, s.directory.personLoader)
	if err == nil && p.zone == nil {
		err = fault.NotFound()
	}
	return p.name, p.zone, err
}

// Zone is the time zone in which a person reads days, UTC if nothing is known of her.
func (s *Service) Zone(ctx context.Context, user uuid.UUID) *time.Location {
	if _, zone, err := s.Profile(ctx, user); err == nil {
		return zone
	}
	return time.UTC
}

func (d *directory) loadPerson(ctx context.Context, user uuid.UUID) (profile, error) {
	p, err := d.store.Person(context.WithoutCancel(ctx), user)
	if err != nil || !p.live() {
		return profile{}, err
	}
	zone, err := time.LoadLocation(p.Timezone)
	if err != nil {
		zone = time.UTC // a zone that was taken out of the tables since
	}
	return profile{p.Name, zone}, nil
}
