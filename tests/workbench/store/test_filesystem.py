"""Which folders count as local disks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench.store import filesystem

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /mnt/share nfs4 rw 0 0
tmpfs /mnt/share/ram tmpfs rw 0 0
//server/office /mnt/the\\040office cifs rw 0 0
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the table of Linux")
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ana", "ext4"),
        ("/mnt/share/x", "nfs4"),
        ("/mnt/shared", "ext4"),
        ("/mnt/share/ram/x", "tmpfs"),
        ("/mnt/the office", "cifs"),
    ],
)
def test_the_deepest_mount_counts(folder: str, kind: str, tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(MOUNTS)

    assert filesystem._mount_type(Path(folder), str(table)) == kind


@pytest.mark.parametrize(
    "folder", ["/home/ana/Dropbox/x", "/home/ana/OneDrive - Ministry/x", "/home/a/Nextcloud"]
)
def test_folders_that_services_copy_are_not_local(folder: str) -> None:
    assert not filesystem.is_local(Path(folder))


def test_an_unknown_file_system_is_not_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem.sys, "platform", "linux")
    monkeypatch.setattr(filesystem, "_mount_type", lambda folder: "9p")

    assert not filesystem.is_local(Path("/home/ana"))
