package api

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// listed is the body of a list of tasks, about as they are.
func listed(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"items":[`)
	for i := range n {
		fmt.Fprintf(&b, `{"key":"WEB-%d","id":%q,"title":"Ask customer %d which figures the report must have","status":%q,"priority":2,"due":null},`,
			i, uuid.NewString(), i, uuid.NewString())
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

func TestPagesThatAreCompressedAtTheSameTimeDoNotMix(t *testing.T) {
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for j := range 20 {
				body := listed(10 + i*j)
				first := gzipOf(body)
				gzipOf([]byte(strings.Repeat("somebody else's", 1000)))
				z, err := gzip.NewReader(bytes.NewReader(first))
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, body) {
					t.Errorf("%d bytes came back as %d others (%v)", len(body), len(got), err)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkCompressedPage(b *testing.B) {
	body := listed(50)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		gzipOf(body)
	}
}
