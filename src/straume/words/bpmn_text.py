"""What is said of a BPMN file: what is wrong with it, and what a value stream cannot hold of it."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

FAULTS: dict[str, Text] = {
    "bpmn_too_large": Text(
        _("The file is larger than {most_mb} MB, or has too many elements."),
        _("Export the one process that is the service."),
    ),
    "bpmn_empty": Text(_("The file is empty."), _("Export the model again.")),
    "bpmn_document_type": Text(
        _("The file defines its own entities (DOCTYPE); such files are not read."),
        _("Delete the DOCTYPE at the beginning of the file; BPMN does not need it."),
    ),
    "bpmn_not_xml": Text(
        _("The file is not well-formed XML."),
        _("Export the model again as BPMN 2.0; do not edit it by hand."),
    ),
    "bpmn_other_version": Text(
        _("This is an older form of BPMN or XPDL (root “{root}”), not BPMN 2.0."),
        _("Export the model as BPMN 2.0 (file ending .bpmn)."),
    ),
    "bpmn_not_bpmn": Text(
        _("This XML is not BPMN 2.0: its root is “{root}”."),
        _("Export the model as BPMN 2.0 (file ending .bpmn)."),
    ),
    "bpmn_id_twice": Text(
        _("The identifier “{id}” stands on two elements; the first one is on line {first}."),
        _("Give one of them another identifier, or export the model again."),
    ),
    "bpmn_end_missing": Text(
        _("{kind} “{called}” does not say what it refers to ({attribute})."),
        _("Connect both ends in the drawing and export again."),
    ),
    "bpmn_end_unknown": Text(
        _("{kind} “{called}” refers to “{wanted}” ({attribute}), which is not in the file."),
        _("Connect both ends in the drawing and export again."),
    ),
    "bpmn_no_process": Text(
        _("The file holds no process with steps. It holds: {kinds}."),
        _("Draw the way of the work as a process, not as a choreography or a conversation."),
    ),
    "bpmn_pool_unknown": Text(
        _("There is no pool “{wanted}”. Pools of the file: {pools}."),
        _("Choose one of them by its name or identifier."),
    ),
    "bpmn_no_start": Text(
        _("Nothing says where {called} begins: there is no start event, and every step follows another one."),
        _("Draw a start event before the first step."),
    ),
    "bpmn_no_way_out": Text(
        _("{kind} “{called}”: no way leads from here to the end."),
        _("Draw how the case goes on from here until it ends."),
    ),
    "bpmn_too_many_steps": Text(
        _("{kind} “{called}” has {count} steps, and no more than {most} can be read."),
        _("Draw parts of the work as closed sub-processes, or study a part of the service."),
    ),
    "bpmn_no_steps": Text(
        _("{kind} “{called}” has no step that a case comes to."),
        _("Draw at least one task between the start and the end."),
    ),
}

NOTICES: dict[str, Text] = {
    "bpmn_opened": Text(
        _("{kind} “{called}” was opened: its steps stand on the map one by one."),
        _("Close it in the drawing if it should be one step."),
    ),
    "bpmn_collapsed": Text(
        _("{kind} “{called}” is drawn closed and became one step; its inside stays in the file."),
        _("Open it in the drawing if its steps should stand on the map."),
    ),
    "bpmn_call_activity": Text(
        _("{kind} “{called}” calls work that is described elsewhere; it became one step."),
        _("Say how long it takes as a whole, or map the called work on its own."),
    ),
    "bpmn_ad_hoc": Text(
        _("{kind} “{called}” has steps in no fixed order; it became one step."),
        _("Say how long it takes as a whole."),
    ),
    "bpmn_repeats": Text(
        _("{kind} “{called}” is repeated; how many times a case, the file does not say."),
        _("Write on the step how many times a case it is done."),
    ),
    "bpmn_event_plain": Text(
        _("{kind} “{called}” has a trigger or a result; the map shows only that it is there."),
        _("Nothing needs to be done: it stays in the file."),
    ),
    "bpmn_event_passed": Text(
        _("{kind} “{called}” takes no time; it stays in the file and does not stand on the map."),
        _("If it is work, draw it as a task."),
    ),
    "bpmn_timer_wait": Text(
        _("{kind} “{called}” became waiting on the map: {time}."),
        _("Nothing needs to be done."),
    ),
    "bpmn_timer_unknown": Text(
        _("{kind} “{called}” waits for a time that the file gives as no length."),
        _("Write the wait on the step that follows."),
    ),
    "bpmn_waits_for_others": Text(
        _("{kind} “{called}” waits for somebody else; it became a step without work."),
        _("Write on the step how long people wait for it."),
    ),
    "bpmn_boundary": Text(
        _("{kind} “{called}” breaks off “{of}”; it became a second way out of that step."),
        _("Write in how many cases this happens."),
    ),
    "bpmn_boundary_aside": Text(
        _("{kind} “{called}” starts something beside a step that goes on; the map cannot show that."),
        _("Nothing needs to be done: it stays in the file. If the work counts, draw it as a step."),
    ),
    "bpmn_aside": Text(
        _("{kind} “{called}” follows from “{because}”, which the map cannot show, and was not taken."),
        _("Nothing needs to be done: it stays in the file. If the work counts, draw it as a step."),
    ),
    "bpmn_event_subprocess": Text(
        _("{kind} “{called}” begins whenever an event happens; the map cannot show that."),
        _("Nothing needs to be done: it stays in the file. If the work counts, draw it as a step."),
    ),
    "bpmn_compensation": Text(
        _("{kind} “{called}” undoes earlier work (compensation); the map cannot show that."),
        _("Nothing needs to be done: it stays in the file."),
    ),
    "bpmn_not_taken": Text(
        _("{kind} “{called}” is no work of this process and was not taken."),
        _("Nothing needs to be done: it stays in the file."),
    ),
    "bpmn_gateway_inclusive": Text(
        _("{kind} “{called}” lets one, some or all ways be taken; each became a choice of its own."),
        _("Write for each way in how many cases it is taken."),
    ),
    "bpmn_gateway_inclusive_open": Text(
        _("{kind} “{called}” lets several ways be taken that do not meet again; one of them was assumed."),
        _("Let the ways meet in an inclusive gateway, or draw a parallel one."),
    ),
    "bpmn_gateway_complex": Text(
        _("{kind} “{called}” has a rule of its own; one of its ways was assumed to be taken."),
        _("Draw the rule with plain gateways if more than one way is taken."),
    ),
    "bpmn_conditions": Text(
        _("{kind} “{called}” has several ways on with conditions; one of them was assumed to be taken."),
        _("Draw a gateway after the step."),
    ),
    "bpmn_link_open": Text(
        _("{kind} “{called}” is a link that nothing in the file takes up."),
        _("Draw where it leads."),
    ),
    "bpmn_start_assumed": Text(
        _("There is no start event; the work was assumed to begin at “{called}”."),
        _("Draw a start event before the first step."),
    ),
    "bpmn_several_starts": Text(
        _("The work begins in several ways, one of them at “{called}”."),
        _("Write how often it begins in each of these ways."),
    ),
    "bpmn_not_reached": Text(
        _("{kind} “{called}”: no case ever comes here, so it was not taken."),
        _("Connect it in the drawing, or leave it out."),
    ),
    "bpmn_shares_assumed": Text(
        _(
            "{kind} “{called}”: the file does not say how often each of the {ways} ways is taken; "
            "all were assumed to be equally frequent."
        ),
        _("Write a percentage on each way, for example “60 %”."),
    ),
    "bpmn_shares_not_whole": Text(
        _("{kind} “{called}”: the shares of the ways on add up to {percent}; they were scaled to 100 %."),
        _("Correct the percentages on the ways."),
    ),
    "bpmn_branches_not_joined": Text(
        _(
            "Parallel branches of {called} run together without waiting for each other: "
            "a case would end {times} times on average."
        ),
        _("Let them meet in a parallel gateway."),
    ),
    "bpmn_unnamed": Text(
        _("{kind} “{called}” has no name; the map shows its identifier."),
        _("Name it by a verb and a noun, for example “Check application”."),
    ),
    "bpmn_other_pool": Text(
        _("{kind} “{called}” is another pool; it stays in the file and does not stand on the map."),
        _("Choose this pool if it is the service that you study."),
    ),
    "bpmn_carried": Text(
        _("{kind} “{called}” stays in the file; the map does not show it."),
        _("Nothing needs to be done."),
    ),
}

KINDS: dict[str, str] = {
    "process": _("Process"),
    "participant": _("Pool"),
    "task": _("Task"),
    "userTask": _("User task"),
    "manualTask": _("Manual task"),
    "serviceTask": _("Service task"),
    "scriptTask": _("Script task"),
    "businessRuleTask": _("Business rule task"),
    "sendTask": _("Send task"),
    "receiveTask": _("Receive task"),
    "callActivity": _("Call activity"),
    "subProcess": _("Sub-process"),
    "transaction": _("Transaction"),
    "adHocSubProcess": _("Ad-hoc sub-process"),
    "exclusiveGateway": _("Exclusive gateway"),
    "parallelGateway": _("Parallel gateway"),
    "inclusiveGateway": _("Inclusive gateway"),
    "eventBasedGateway": _("Event-based gateway"),
    "complexGateway": _("Complex gateway"),
    "startEvent": _("Start event"),
    "endEvent": _("End event"),
    "intermediateCatchEvent": _("Catching event"),
    "intermediateThrowEvent": _("Throwing event"),
    "boundaryEvent": _("Boundary event"),
    "sequenceFlow": _("Sequence flow"),
    "messageFlow": _("Message flow"),
    "association": _("Association"),
    "dataObject": _("Data object"),
    "dataObjectReference": _("Data object"),
    "dataStore": _("Data store"),
    "dataStoreReference": _("Data store"),
    "dataInput": _("Data input"),
    "dataOutput": _("Data output"),
    "textAnnotation": _("Annotation"),
    "group": _("Group"),
    **dict.fromkeys(
        ("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"),
        _("Task for several processes"),
    ),
    **dict.fromkeys(
        ("conversation", "subConversation", "callConversation", "globalConversation"), _("Conversation")
    ),
    "choreography": _("Choreography"),
    "choreographyTask": _("Task of a choreography"),
}
