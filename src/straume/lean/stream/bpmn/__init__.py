"""BPMN 2.0 in and out, without loss of what BPMN can say (docs/methods/bpmn.md)."""

from straume.lean.stream.bpmn.document import BpmnDocument, Written, read_bpmn, read_bpmn_file, write_bpmn

__all__ = ["BpmnDocument", "Written", "read_bpmn", "read_bpmn_file", "write_bpmn"]
