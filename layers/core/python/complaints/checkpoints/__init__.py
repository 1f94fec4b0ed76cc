"""Checkpoints: what the table holds, sealed outside it by Merkle trees and signatures."""
