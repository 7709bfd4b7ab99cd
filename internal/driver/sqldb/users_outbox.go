package sqldb

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

// messagesAtOnce is how many messages of a lane a lease hands out.
const messagesAtOnce = 100

// post appends messages to their lanes.
func post(tx *Tx, messages []users.Message) error {
	for _, m := range messages {
		var number int64
		if err := tx.QueryRow(`INSERT INTO users_lanes (kind, id, last_number, due_at, leased_until, failures) VALUES ($1, $2, 1, $3, 0, 0)
			ON CONFLICT (kind, id) DO UPDATE SET last_number = users_lanes.last_number + 1,
				due_at = CASE WHEN users_lanes.due_at > 0 THEN users_lanes.due_at ELSE excluded.due_at END
			RETURNING last_number`,
			string(m.Lane.Kind), m.Lane.ID[:], stamp(m.At)).Scan(&number); err != nil {
			return fmt.Errorf("number a message: %w", err)
		}
		if _, err := tx.Exec(`INSERT INTO users_outbox (kind, lane, number, posted_at, doc) VALUES ($1, $2, $3, $4, $5)`,
			string(m.Lane.Kind), m.Lane.ID[:], number, stamp(m.At), m.Doc); err != nil {
			return fmt.Errorf("post a message: %w", err)
		}
	}
	return nil
}

// Lease implements users.Outbox.
func (s *UsersStore) Lease(ctx context.Context, kind users.LaneKind, now, until time.Time, n int) ([]users.Lease, error) {
	free, err := read(ctx, s.db, func(tx *Tx) ([]uuid.UUID, error) { return dueLanes(tx, kind, now, n) })
	if err != nil || len(free) == 0 {
		return nil, err // the writer is not troubled for nothing
	}
	var leases []users.Lease
	err = s.db.Write(ctx, func(tx *Tx) error {
		leases = nil
		free, err := dueLanes(tx, kind, now, n)
		if err != nil {
			return err
		}
		for _, id := range free {
			l, err := lease(tx, users.Lane{Kind: kind, ID: id}, until)
			if err != nil {
				return err
			}
			leases = append(leases, l)
		}
		return nil
	})
	return leases, err
}

func dueLanes(tx *Tx, kind users.LaneKind, now time.Time, n int) ([]uuid.UUID, error) {
	return all(tx, scanID, `SELECT id FROM users_lanes
		WHERE kind = $1 AND due_at > 0 AND due_at <= $2 AND leased_until <= $2 ORDER BY due_at LIMIT $3`, string(kind), stamp(now), n)
}

// LeaseLane implements users.Outbox.
func (s *UsersStore) LeaseLane(ctx context.Context, lane users.Lane, now, until time.Time) (*users.Lease, error) {
	free := func(tx *Tx) (bool, error) {
		held, err := one(tx, func(row scanner) (held int64, err error) {
			err = row.Scan(&held)
			return held, err
		}, `SELECT leased_until FROM users_lanes WHERE kind = $1 AND id = $2 AND due_at > 0`, string(lane.Kind), lane.ID[:])
		if err != nil || held == nil {
			return false, err
		}
		if *held > stamp(now) {
			return false, users.ErrLeased
		}
		return true, nil
	}
	if waiting, err := read(ctx, s.db, free); err != nil || !waiting {
		return nil, err
	}
	var taken *users.Lease
	err := s.db.Write(ctx, func(tx *Tx) error {
		taken = nil
		waiting, err := free(tx)
		if err != nil || !waiting {
			return err
		}
		l, err := lease(tx, lane, until)
		taken = &l
		return err
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

func lease(tx *Tx, lane users.Lane, until time.Time) (users.Lease, error) {
	l := users.Lease{Lane: lane, Holder: uuid.New(), Until: until}
	err := tx.QueryRow(`UPDATE users_lanes SET leased_until = $3, holder = $4 WHERE kind = $1 AND id = $2 RETURNING failures`,
		string(lane.Kind), lane.ID[:], stamp(until), l.Holder[:]).Scan(&l.Failures)
	if err != nil {
		return l, fmt.Errorf("lease a lane: %w", err)
	}
	l.Messages, err = all(tx, func(row scanner) (users.Message, error) {
		m := users.Message{Lane: lane}
		var at int64
		err := row.Scan(&m.Number, &at, &m.Doc)
		m.At = clock(at)
		return m, err
	}, `SELECT number, posted_at, doc FROM users_outbox WHERE kind = $1 AND lane = $2 ORDER BY number LIMIT $3`,
		string(lane.Kind), lane.ID[:], messagesAtOnce)
	return l, err
}

// Release implements users.Outbox.
func (s *UsersStore) Release(ctx context.Context, l users.Lease, done int64, next time.Time, failed bool) error {
	kind, id := string(l.Lane.Kind), l.Lane.ID[:]
	return s.db.Write(ctx, func(tx *Tx) error {
		var holder []byte
		if err := tx.QueryRow(`SELECT holder FROM users_lanes WHERE kind = $1 AND id = $2`, kind, id).Scan(&holder); err != nil {
			return err
		}
		if !bytes.Equal(holder, l.Holder[:]) {
			return users.ErrLeaseLost
		}
		if _, err := tx.Exec(`DELETE FROM users_outbox WHERE kind = $1 AND lane = $2 AND number <= $3`, kind, id, done); err != nil {
			return err
		}
		left, err := one(tx, scanCount, `SELECT 1 FROM users_outbox WHERE kind = $1 AND lane = $2 LIMIT 1`, kind, id)
		if err != nil {
			return err
		}
		failures, due := 0, int64(0)
		if left != nil {
			due = stamp(next)
		}
		if failed && done == 0 {
			failures = l.Failures
		}
		_, err = tx.Exec(`UPDATE users_lanes SET holder = NULL, leased_until = 0, due_at = $3, failures = $4 WHERE kind = $1 AND id = $2`,
			kind, id, due, failures+flag(failed))
		return err
	})
}
