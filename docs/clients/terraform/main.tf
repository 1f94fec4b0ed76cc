# Deploys an unpacked release of Answerable by its own command: keys are made once and stand in no state, static
# files come before what names them, and CloudFormation rolls back by itself. Terraform decides when, and gives the
# stack's outputs to the rest of the configuration.

terraform {
  required_version = ">= 1.4"
  required_providers {
    aws   = { source = "hashicorp/aws", version = ">= 6.0" }
    local = { source = "hashicorp/local", version = ">= 2.2" }
  }
}

variable "release" {
  description = "Folder of an unpacked answerable-<version>.zip"
  type        = string
}

variable "stage" {
  description = "Name of the installation: small letters and digits, a letter first"
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,19}$", var.stage))
    error_message = "A stage is called by up to 20 small letters and digits, a letter first."
  }
}

variable "region" {
  description = "Region of the stack"
  type        = string
}

variable "parameters" {
  description = "What a stage file says below [parameters]: example.toml of the release explains each"
  type        = map(string)
  sensitive   = true # OriginSecret may be among them; the state holds them all the same
}

locals {
  stage_file = join("\n", concat(
    ["region = ${jsonencode(var.region)}", "", "[parameters]"],
    [for name, value in var.parameters : "${name} = ${jsonencode(value)}"],
    [""],
  ))
}

resource "local_sensitive_file" "stage" {
  filename = "${var.release}/infrastructure/deployment/stages/${var.stage}.toml"
  content  = local.stage_file
}

resource "terraform_data" "deployment" {
  triggers_replace = [
    local.stage_file,
    filesha256("${var.release}/build/package/data-template.json"),
    filesha256("${var.release}/build/package/template.json"),
    filesha256("${var.release}/build/package/function.zip"),
    filesha256("${var.release}/build/package/layer-core.zip"),
    filesha256("${var.release}/build/package/layer-dependencies.zip"),
  ]

  provisioner "local-exec" {
    command     = "make deploy STAGE=${var.stage} </dev/null"
    working_dir = var.release
  }

  depends_on = [local_sensitive_file.stage]
}

data "aws_cloudformation_stack" "data" {
  region     = var.region # whatever the provider's own is
  name       = "answerable-${var.stage}-data"
  depends_on = [terraform_data.deployment]
}

data "aws_cloudformation_stack" "installation" {
  region     = var.region
  name       = "answerable-${var.stage}"
  depends_on = [terraform_data.deployment]
}

output "outputs" {
  description = "What both stacks answer with: Url, Table, DomainTarget, records of DKIM and so on"
  value = merge(
    data.aws_cloudformation_stack.data.outputs,
    data.aws_cloudformation_stack.installation.outputs,
  )
}
