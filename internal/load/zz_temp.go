package load

import (
	"fmt"
	"io"
	"os"
	"time"
)

type Progress struct{}

func NewProgress(w io.Writer, terminal bool, width int) *Progress { return &Progress{} }
func (p *Progress) Say(line string)                               { fmt.Fprintln(os.Stderr, line) }
func (p *Progress) Count(what string, done, total int)            {}
func (p *Progress) Second(s Second, phase string, left time.Duration) {
	fmt.Fprintf(os.Stderr, "%5.0f %-30s %5d/s p50 %.1f p99 %.1f p999 %.1f delay %.1f err %d streams %d cpu %.2f mem %.0fM\n", s.At, phase, s.Requests, s.P50, s.P99, s.P999, s.DelayP99, s.Errors, s.Streams, s.Processor, s.Memory/1e6)
}
func (p *Progress) Done() {}
func (r *Report) Judge()  {}
