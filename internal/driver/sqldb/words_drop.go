package sqldb

import "github.com/google/uuid"

// dropWords takes about limit texts of a workspace out of the index of words, and what was noted of them, and reports
// whether there are more. The workspace's number may be another's afterwards, so nothing may be left of its texts'.
func dropWords(tx *Tx, ws uuid.UUID, limit int) (more bool, err error) {
	h, err := readHistory(tx, ws)
	if err != nil || h.number == 0 {
		return false, err
	}
	// What waits to be indexed waits no more, and whoever is about to index it finds that somebody else was here.
	if _, err := tx.Exec(`UPDATE histories SET indexed = texts WHERE ws = $1 AND indexed < texts`, ws[:]); err != nil {
		return false, err
	}
	above, upTo := h.textRange()
	texts, err := all(tx, scanNumber, `SELECT rowid FROM words WHERE rowid > $1 AND rowid <= $2 LIMIT $3`, above, upTo, limit)
	if err != nil {
		return false, err
	}
	for _, n := range texts {
		if _, err := tx.Exec(`DELETE FROM words WHERE rowid = $1`, n); err != nil {
			return false, err
		}
	}
	if len(texts) > 0 {
		if _, err := tx.Exec(`UPDATE words_upkeep SET removed = removed + $1`, len(texts)); err != nil {
			return false, err
		}
	}
	if len(texts) == limit {
		return true, nil
	}
	n, err := tx.Exec(`DELETE FROM words_stale WHERE text_id IN
		(SELECT text_id FROM words_stale WHERE text_id > $1 AND text_id <= $2 LIMIT $3)`, above, upTo, limit)
	return n == limit, err
}
