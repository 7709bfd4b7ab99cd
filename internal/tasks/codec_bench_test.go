package tasks

import (
	"testing"

	"github.com/google/uuid"
)

func benchRow(b *testing.B) (*Project, *Row) {
	p := &Project{ID: uuid.Must(uuid.NewV7()), Key: "WEB"}
	t := &Task{
		PreviousKeys: []string{}, ID: uuid.Must(uuid.NewV7()), Project: p.ID, Number: 12, Title: "Write the report on the first quarter",
		Assignees: []uuid.UUID{uuid.Must(uuid.NewV7())}, Labels: []uuid.UUID{uuid.Must(uuid.NewV7())}, Subscribers: []uuid.UUID{},
		Due: &When{Date: "2026-12-24"}, Position: formatPos(posMax / 2), Description: "With *all* of the figures, and one page for those who only read one page.",
	}
	r, err := t.row()
	if err != nil {
		b.Fatal(err)
	}
	return p, r
}

// A page of 50 as it is written: the stored documents are passed on.
func BenchmarkPagePassedOn(b *testing.B) {
	p, r := benchRow(b)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = buf[:0]
		for range 50 {
			buf = p.appendTask(buf, r, false)
		}
	}
}

// The same page if each task were decoded and encoded again.
func BenchmarkPageDecodedAndEncoded(b *testing.B) {
	_, r := benchRow(b)
	b.ReportAllocs()
	for b.Loop() {
		for range 50 {
			t, err := taskOf(r)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := marshal(t); err != nil {
				b.Fatal(err)
			}
		}
	}
}
