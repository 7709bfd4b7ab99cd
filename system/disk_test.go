package system

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a disk in memory that only the processes in it see at its path, so that anyone may make one.
type smallDisk struct {
	t      *testing.T
	path   string
	holder *exec.Cmd // keeps it while no server runs
}

// newDisk makes a disk of so many megabytes in place of a folder.
func newDisk(t *testing.T, folder string, megabytes int) *smallDisk {
	t.Helper()
	d := &smallDisk{t: t, path: folder}
	script := fmt.Sprintf(`mount -t tmpfs -o size=%dm,mode=700 rung "$0" && echo ready && exec cat`, megabytes)
	d.holder = exec.Command("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, folder)
	stdin, err := d.holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := d.holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.holder.Start(); err != nil {
		without(t, "a small disk", err)
	}
	t.Cleanup(func() {
		_ = stdin.Close() // which ends it
		_ = d.holder.Wait()
	})
	if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || line != "ready\n" {
		without(t, "a small disk", errors.New("a file system can't be mounted in a namespace of one's own here"))
	}
	return d
}

// without skips a test that this machine has not got the means for, unless it is the machine on which all must run.
func without(t *testing.T, what string, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is needed: %v", what, err)
	}
	t.Skipf("%s can't be had: %v", what, err)
}

// in gives the words before a command that runs where the disk is seen.
func (d *smallDisk) in() []string {
	return []string{"nsenter", "--target", fmt.Sprint(d.holder.Process.Pid), "--user", "--mount", "--preserve-credentials", "--"}
}

// do runs a shell's command where the disk is seen, with its path as $0.
func (d *smallDisk) do(script string) {
	d.t.Helper()
	words := append(d.in(), "sh", "-c", script, d.path)
	if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		d.t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

// outside is how this process calls a file on the disk.
func (d *smallDisk) outside(name string) string {
	return filepath.Join(fmt.Sprintf("/proc/%d/root", d.holder.Process.Pid), d.path, name)
}

// fill takes the disk's room until only so many bytes are left of it, or none.
func (d *smallDisk) fill(leave int64) {
	d.t.Helper()
	f, err := os.OpenFile(d.outside("filler"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	page := strings.Repeat("x", 4096)
	for {
		var st syscall.Statfs_t
		if err := syscall.Statfs(d.outside(""), &st); err != nil {
			d.t.Fatal(err)
		}
		if int64(st.Bavail)*st.Bsize <= leave {
			return
		}
		if _, err := io.WriteString(f, page); errors.Is(err, syscall.ENOSPC) {
			return
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
}

// empty gives back what fill took.
func (d *smallDisk) empty() {
	d.t.Helper()
	if err := os.Remove(d.outside("filler")); err != nil {
		d.t.Fatal(err)
	}
}

// on puts a server's data on the disk, and what it writes for a moment.
func (s *server) on(d *smallDisk) {
	s.within = d.in()
	s.env = append(s.env, "TMPDIR="+s.data)
}
