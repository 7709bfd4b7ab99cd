package sqldb

import (
	"context"
	"time"
)

// dropStale takes out what is in the index and nowhere else any more.
func (s *TasksStore) dropStale(ctx context.Context) (bool, error) {
	const query = `SELECT s.text_id FROM words_stale s JOIN histories h ON h.number = s.text_id >> 40
		WHERE (s.text_id & 1099511627775) <= h.indexed LIMIT $1`
	some := func(tx *Tx) ([]int64, error) { return all(tx, scanNumber, query, indexTexts) }
	found, err := read(ctx, s.db, some)
	if err != nil || len(found) == 0 {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *Tx) error {
		found, err := some(tx)
		if err != nil {
			return err
		}
		for _, n := range found {
			if _, err := tx.Exec(`DELETE FROM words WHERE rowid = $1`, n); err != nil {
				return err
			}
			if _, err := tx.Exec(`DELETE FROM words_stale WHERE text_id = $1`, n); err != nil {
				return err
			}
		}
		_, err = tx.Exec(`UPDATE words_upkeep SET removed = removed + $1`, len(found))
		return err
	})
	return len(found) == indexTexts, err
}

// How the index is written anew once something was taken out of it, so that nothing of that is left in its files.
const (
	mergeEvery = 24 * time.Hour
	mergePages = 64 // at once
)

// mergeIndex does a step of that.
func (s *TasksStore) mergeIndex(ctx context.Context) (bool, error) {
	type upkeep struct{ removed, begun, merging int64 }
	u, err := read(ctx, s.db, func(tx *Tx) (u upkeep, err error) {
		err = tx.QueryRow(`SELECT removed, begun, merging FROM words_upkeep`).Scan(&u.removed, &u.begun, &u.merging)
		return u, err
	})
	now := time.Now().UnixMilli()
	if err != nil || u.merging == 0 && (u.removed == 0 || now >= u.begun && now < u.begun+mergeEvery.Milliseconds()) {
		return false, err
	}
	more := true
	err = s.db.Write(ctx, func(tx *Tx) error {
		pages := mergePages
		if u.merging == 0 { // a negative number has all of the index merged into one
			pages = -pages
			if _, err := tx.Exec(`UPDATE words_upkeep SET removed = 0, begun = $1, merging = 1`, now); err != nil {
				return err
			}
		}
		before, err := totalChanges(tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO words (words, rank) VALUES ('merge', $1)`, pages); err != nil {
			return err
		}
		after, err := totalChanges(tx)
		if err != nil || after-before >= 2 || u.merging == 0 {
			return err
		}
		more = false
		_, err = tx.Exec(`UPDATE words_upkeep SET merging = 0`)
		return err
	})
	return more, err
}

// totalChanges is how the engine says whether a merge did anything: fewer than two changes are none.
func totalChanges(tx *Tx) (n int64, err error) {
	err = tx.QueryRow(`SELECT total_changes()`).Scan(&n)
	return n, err
}
