"""All commands in the order of the help."""

from __future__ import annotations

from indicators.registry import Registry
from workbench.cli.adding_up import ADDING_UP_COMMANDS
from workbench.cli.analyses import ANALYSIS_COMMANDS
from workbench.cli.backup import BACKUP_COMMANDS
from workbench.cli.checklists import CHECKLIST_COMMANDS
from workbench.cli.checks import CHECK_COMMANDS
from workbench.cli.command import Command
from workbench.cli.commitments import COMMITMENT_COMMANDS
from workbench.cli.composites import COMPOSITE_COMMANDS
from workbench.cli.encryption import ENCRYPTION_COMMANDS
from workbench.cli.files import FILE_COMMANDS
from workbench.cli.flows import FLOW_COMMANDS
from workbench.cli.framework import FRAMEWORK_COMMANDS
from workbench.cli.history import HISTORY_COMMANDS
from workbench.cli.notes import NOTE_COMMANDS
from workbench.cli.numbers import NUMBER_COMMANDS
from workbench.cli.packs import PACK_COMMANDS
from workbench.cli.presets import PRESET_COMMANDS
from workbench.cli.prevalence import PREVALENCE_COMMANDS
from workbench.cli.project import PROJECT_COMMANDS
from workbench.cli.protect import PROTECT_COMMANDS
from workbench.cli.publications import PUBLICATION_COMMANDS
from workbench.cli.readings import READING_COMMANDS
from workbench.cli.registers import REGISTER_COMMANDS
from workbench.cli.revisions import REVISION_COMMANDS
from workbench.cli.settings import SETTINGS_COMMANDS
from workbench.cli.tour import TOUR_COMMANDS
from workbench.cli.working import WORKING_COMMANDS

COMMANDS: Registry[Command] = Registry(
    "command",
    (
        *TOUR_COMMANDS,
        *PROJECT_COMMANDS,
        *HISTORY_COMMANDS,
        *SETTINGS_COMMANDS,
        *CHECK_COMMANDS,
        *WORKING_COMMANDS,
        *BACKUP_COMMANDS,
        *ENCRYPTION_COMMANDS,
        *REVISION_COMMANDS,
        *FILE_COMMANDS,
        *PRESET_COMMANDS,
        *NUMBER_COMMANDS,
        *ANALYSIS_COMMANDS,
        *READING_COMMANDS,
        *ADDING_UP_COMMANDS,
        *FLOW_COMMANDS,
        *COMPOSITE_COMMANDS,
        *REGISTER_COMMANDS,
        *NOTE_COMMANDS,
        *COMMITMENT_COMMANDS,
        *CHECKLIST_COMMANDS,
        *FRAMEWORK_COMMANDS,
        *PACK_COMMANDS,
        *PREVALENCE_COMMANDS,
        *PROTECT_COMMANDS,
        *PUBLICATION_COMMANDS,
    ),
)
