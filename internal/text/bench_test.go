package text_test

import (
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/text"
)

func BenchmarkCheckJSON(b *testing.B) {
	body := []byte(`{"id":"01a20fdc-4260-7644-83b4-4460535a3e3b","project":"01a20fdc-4260-7644-83b4-4460535a3e3b","title":"Ship the thing",` +
		`"description":"` + strings.Repeat("Lorem ipsum ", 12) + `","priority":2,"labels":["01a20fdc-4260-7644-83b4-4460535a3e3b"]}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := text.CheckJSON(body, 64, true); err != nil {
			b.Fatal(err)
		}
	}
}
