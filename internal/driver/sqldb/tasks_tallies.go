package sqldb

import (
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// tallies is by how much the kept numbers change.
type tallies struct {
	loads    map[loadKey]int
	quarters map[quarterKey]int
}

type loadKey struct {
	project, assignee uuid.UUID
	done              bool
}

type quarterKey struct {
	tally   tasks.Tally
	project uuid.UUID
	at      int64
}

// count takes note of a live task that comes (by is 1) or goes (-1).
func (c *tallies) count(t *tasks.TaskIndex, by int) {
	done := t.Completed != 0
	for _, a := range t.Assignees {
		c.loads[loadKey{t.Project, a, done}] += by
	}
	if len(t.Assignees) == 0 {
		c.loads[loadKey{t.Project, uuid.Nil, done}] += by
	}
	for tally := tasks.TallyCreated; tally <= tasks.TallyDueFloating; tally++ {
		if at, ok := t.Tallied(tally); ok {
			c.quarters[quarterKey{tally, t.Project, at}] += by
		}
	}
}

// write brings the tables up to date. A number that comes to nothing goes.
func (c *tallies) write(tx *Tx, ws uuid.UUID) error {
	for k, n := range c.loads {
		if n == 0 {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO task_loads (ws, project, assignee, done, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (ws, project, assignee, done) DO UPDATE SET n = n + excluded.n`,
			ws[:], k.project[:], k.assignee[:], flag(k.done), n); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if _, err := tx.Exec(`DELETE FROM task_loads WHERE ws = $1 AND project = $2 AND assignee = $3 AND done = $4 AND n = 0`,
			ws[:], k.project[:], k.assignee[:], flag(k.done)); err != nil {
			return err
		}
	}
	for k, n := range c.quarters {
		if n == 0 {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO task_quarters (ws, tally, project, at, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (ws, tally, project, at) DO UPDATE SET n = n + excluded.n`,
			ws[:], int(k.tally), k.project[:], k.at, n); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if _, err := tx.Exec(`DELETE FROM task_quarters WHERE ws = $1 AND tally = $2 AND project = $3 AND at = $4 AND n = 0`,
			ws[:], int(k.tally), k.project[:], k.at); err != nil {
			return err
		}
	}
	return nil
}

// Loads counts tasks by assignee.
func (v *view) Loads(projects []uuid.UUID) ([]tasks.Load, error) {
	b := &question{ws: v.ws, args: []any{v.ws[:]}}
	return all(v.tx, func(row scanner) (l tasks.Load, err error) {
		err = row.Scan((*id)(&l.Assignee), &l.Open, &l.Completed)
		return l, err
	}, `SELECT assignee, sum(CASE done WHEN 0 THEN n ELSE 0 END), sum(CASE done WHEN 0 THEN 0 ELSE n END)
		FROM task_loads WHERE ws = $1 AND project IN `+b.ids(projects)+` GROUP BY assignee`, b.args...)
}

// Quarters counts tasks by the quarter of an hour of a moment.
func (v *view) Quarters(t tasks.Tally, projects []uuid.UUID, from, to int64) ([]tasks.Quarter, error) {
	b := &question{ws: v.ws, args: []any{v.ws[:], int(t), from, to}}
	return all(v.tx, func(row scanner) (q tasks.Quarter, err error) {
		err = row.Scan(&q.At, &q.Count)
		return q, err
	}, `SELECT at, sum(n) FROM task_quarters
		WHERE ws = $1 AND tally = $2 AND project IN `+b.ids(projects)+` AND at >= $3 AND at < $4 GROUP BY at ORDER BY at`, b.args...)
}
